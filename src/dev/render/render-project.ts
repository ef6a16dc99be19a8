import { existsSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { readCustomResources } from '../crds/read-custom-resources.ts'
import type { Answerer } from '../guard/answerer.ts'
import { answerFromSources } from '../guard/sources.ts'
import { withStrayErrors } from '../guard/stray-errors.ts'
import { answerFromUrl } from '../guard/url.ts'
import { loadProject } from '../load-project.ts'
import { readProject } from '../project.ts'
import { type KnownExtension, knowExtension } from './extensions.ts'
import { type InputPaths, readInputs, withVariables } from './inputs.ts'
import { type RenderReport, runRender } from './run-render.ts'

/** What is asked of a render. */
export interface RenderQuestion extends InputPaths {
  /** A folder of CustomResourceDefinitions, or a file. */
  readonly crds?: string
  /** A folder for recordings. */
  readonly save?: string
  /** Other extensions by the name of their ExtensionConfig. */
  readonly extensions: Readonly<Record<string, URL>>
  /** PEM of the authority that signed their certificates. */
  readonly ca: string
  /** Beside the settings of the project's ExtensionConfig, or in the place of one. */
  readonly settings: Readonly<Record<string, string>>
  /** Values for variables of Clusters, by name. */
  readonly variables: Readonly<Record<string, unknown>>
}

/**
 * Renders the topology of every Cluster of a file with the extension in this folder, if there is one, and others. Rejects with
 * StartError when an input is not there, or an extension cannot be loaded or called.
 */
export async function renderProject(question: RenderQuestion): Promise<RenderReport[]> {
  const { crds, save, variables } = question
  const inputs = await readInputs(question)
  const resources = crds === undefined ? undefined : await readCustomResources(crds)
  const open: Answerer[] = []
  try {
    const extensions = await openExtensions(question, open)
    const tools = {
      extensions,
      ...(resources && { resources }),
      ...(save !== undefined && { save }),
    }
    const reports: RenderReport[] = []
    for (const input of inputs) {
      const cluster = withVariables(input.cluster, variables)
      const { result, strayErrors } = await withStrayErrors(process.cwd(), () =>
        runRender({ ...input, cluster }, tools),
      )
      reports.push({ ...result, refusals: [...result.refusals, ...strayErrors] })
    }
    return reports
  } finally {
    for (const answerer of open) await answerer.close()
  }
}

async function openExtensions(
  { extensions, ca, settings }: RenderQuestion,
  open: Answerer[],
): Promise<KnownExtension[]> {
  const known: KnownExtension[] = []
  for (const [name, url] of Object.entries(extensions)) {
    const answerer = answerFromUrl(url, ca)
    open.push(answerer)
    known.push(await knowExtension(name, undefined, answerer))
  }
  const root = process.cwd()
  if (!existsSync(join(root, 'src', 'main.ts'))) return known
  const project = await readProject(root)
  const { name, settings: own } = project.extensionConfig
  if (extensions[name] !== undefined) return known
  const answerer = answerFromSources(await loadProject(project), {
    name,
    root,
    now: () => new Date(),
  })
  return [...known, await knowExtension(name, { ...own, ...settings }, answerer)]
}
