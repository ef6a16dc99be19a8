import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { loadProject } from '../../dev/load-project.ts'
import type { Project } from '../../dev/project.ts'
import { followNames } from './follow-names.ts'
import { checkNames, type Names } from './names.ts'
import { templateFiles } from './template-files.ts'

/** A manifest that does not have the names of package.json. */
export interface ManifestChange {
  /** From the folder of the project. */
  readonly path: string
  /** Undefined when it is not there. */
  readonly before: string | undefined
  readonly after: string
}

/** The manifests of a project: their texts by path, sorted. */
export async function readManifests(root: string): Promise<Map<string, string>> {
  const entries = await readdir(join(root, 'manifests'), { recursive: true }).catch(() => [])
  const paths = entries.filter((path) => /\.ya?ml$/.test(path)).map((path) => `manifests/${path}`)
  const texts = await Promise.all(paths.map((path) => readFile(join(root, path), 'utf8')))
  return new Map(paths.map((path, index) => [path, texts[index] ?? ''] as const).sort())
}

/**
 * What the manifests of a project have to become to have the names of its package.json. Where there is none at all, those
 * of a new project with the same hooks: a single one that is missing was deleted on purpose.
 *
 * @throws StartError A name is none, or a line asks for something that is no name.
 */
export async function manifestChanges(project: Project): Promise<ManifestChange[]> {
  const { name, namespace, image, version } = project
  const names = { name, namespace, image, version }
  checkNames(names)
  const manifests = await readManifests(project.root)
  if (manifests.size === 0) return newManifests(project, names)
  return [...manifests]
    .map(([path, before]) => ({ path, before, after: followNames(before, names, path) }))
    .filter(({ before, after }) => before !== after)
}

async function newManifests(project: Project, names: Names): Promise<ManifestChange[]> {
  const hooks = (await loadProject(project)).hooks.map(({ contract }) => contract)
  return [...templateFiles({ names, hooks, dependency: '' })]
    .filter(([path]) => path.startsWith('manifests/'))
    .map(([path, after]) => ({ path, before: undefined, after }))
}

/** The lines of a change as a unified diff has them. Of a manifest that is there, lines are replaced and none is added. */
export function describeChange({ path, before, after }: ManifestChange): string[] {
  if (before === undefined) return ['--- /dev/null', `+++ ${path}`]
  const made = after.split('\n')
  const hunks = before.split('\n').flatMap((line, index) => {
    const other = made[index] ?? ''
    return line === other ? [] : [`@@ -${index + 1} +${index + 1} @@`, `-${line}`, `+${other}`]
  })
  return [`--- ${path}`, `+++ ${path}`, ...hunks]
}

/** Writes the changes. */
export async function writeManifests(root: string, changes: readonly ManifestChange[]) {
  for (const { path, after } of changes) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), after)
  }
}
