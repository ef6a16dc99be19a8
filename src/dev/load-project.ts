import { pathToFileURL } from 'node:url'
import { discoveryOf } from '../extension/discovery.ts'
import type { ServeOptions } from '../extension/serve-options.ts'
import { loadExtension } from '../extension/take-extension.ts'
import { StartError } from '../messages/start-error.ts'
import { describeCrash, startsCrash } from './crash.ts'
import { placeOfError } from './error-place.ts'
import type { Project } from './project.ts'

/**
 * What the main.ts of a project serves, without serving it. Rejects with StartError when it cannot be loaded, serves
 * nothing, or has handlers that Cluster API would refuse.
 */
export async function loadProject({
  root,
  mainPath,
}: Pick<Project, 'root' | 'mainPath'>): Promise<ServeOptions> {
  const extension = await loadExtension(pathToFileURL(mainPath).href).catch((error: unknown) => {
    throw new StartError(describe(error, root))
  })
  if (extension === undefined)
    throw new StartError('src/main.ts does not call "serve" of capi-extension: nothing is served')
  discoveryOf(extension.hooks)
  return extension
}

/** The message, behind the place in the project that it comes from. */
function describe(error: unknown, root: string): string {
  if (!(error instanceof Error)) return `src/main.ts threw ${String(error)}`
  const lines = (error.stack ?? '').split('\n')
  // Node puts the place in front of mistakes of syntax.
  if (startsCrash(lines[0] ?? '')) return describeCrash(lines, root).split('\n')[0] ?? ''
  const place = placeOfError(error, root)
  const message = error.message.replaceAll(`file://${root}/`, '').replaceAll(`${root}/`, '')
  return place === undefined ? message : `${place}: ${message}`
}
