import { manifestChanges } from './manifests.ts'
import type { ProjectFiles } from './project-files.ts'

// Hooks that Cluster API calls for the ClusterClasses that name them.
const named = ['DiscoverVariables', 'GeneratePatches', 'ValidateTopology', 'GenerateUpgradePlan']

/** Whether the manifests have the names of package.json, and name the handlers that there are. */
export async function findManifestProblems(files: ProjectFiles): Promise<string[]> {
  if (files.manifests.size === 0)
    return ['there are no manifests: npx capi-extension manifests writes them']
  const changes = await manifestChanges(files)
  return [
    ...changes.map(({ path }) => `${path} has other names than package.json: npm run manifests`),
    ...findHandlerProblems(files),
  ]
}

function findHandlerProblems({ hooks, unloaded, manifests, extensionConfig }: ProjectFiles) {
  if (unloaded !== undefined) return []
  const { name } = extensionConfig
  const served = hooks.map((hook) => `${hook.name}.${name}`)
  const handler = new RegExp(`Extension: *["']?([a-z0-9-]+\\.${name})\\b(?![.-])`, 'g')
  const mentioned = [...manifests].flatMap(([path, text]) =>
    [...text.matchAll(handler)].map(([, full = '']) => ({ path, full })),
  )
  const missing = hooks
    .filter(({ contract }) => named.includes(contract.hook))
    .map((hook) => `${hook.name}.${name}`)
    .filter((full) => !mentioned.some((mention) => mention.full === full))
  return [
    ...mentioned
      .filter(({ full }) => !served.includes(full))
      .map(({ path, full }) => `${path} names ${full}, which is not served: take the line out`),
    ...(mentioned.length === 0
      ? []
      : missing.map((full) => `no manifest of a ClusterClass names ${full}: add it`)),
  ]
}
