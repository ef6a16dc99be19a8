import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { build, type Message } from 'esbuild'
import { StartError } from '../messages/start-error.ts'
import { loadProject } from './load-project.ts'
import type { Project } from './project.ts'

/** What was built. */
export interface Bundle {
  /** The one file, in the folder that was asked for. */
  readonly file: string
  readonly bytes: number
  /** How much of it each package is; `src` is the project's own. */
  readonly bytesByPackage: Readonly<Record<string, number>>
}

/**
 * Bundles the extension of a project and all that it needs into one file, `extension.cjs` in a folder; metafile.json
 * beside it tells what each module takes of it. Rejects with StartError, and writes nothing, when the project cannot be
 * bundled or loaded, or declares what the controllers would refuse.
 */
export async function buildBundle(project: Project, outdir = 'dist'): Promise<Bundle> {
  const { root } = project
  const directory = resolve(root, outdir)
  const { metafile, outputFiles } = await bundle(project, directory)
  // What development checks where it is declared, such as a pattern that Kubernetes cannot read, is not checked in the bundle.
  await loadProject(project).catch((error: unknown) => {
    throw error instanceof StartError ? nothingBuilt(error.message) : error
  })
  await mkdir(directory, { recursive: true })
  for (const { path, contents } of outputFiles) await writeFile(path, contents)
  await writeFile(join(directory, 'metafile.json'), JSON.stringify(metafile))
  const [output] = Object.values(metafile.outputs)
  const bytesByPackage: Record<string, number> = {}
  for (const [input, { bytesInOutput }] of Object.entries(output?.inputs ?? {})) {
    const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? 'src'
    bytesByPackage[name] = (bytesByPackage[name] ?? 0) + bytesInOutput
  }
  return { file: join(outdir, 'extension.cjs'), bytes: output?.bytes ?? 0, bytesByPackage }
}

const options = {
  write: false,
  metafile: true,
  bundle: true,
  // To import one of Node's modules evaluates all that it exports, such as the fetch of node:http: a fifth of the start.
  format: 'cjs',
  platform: 'node',
  target: 'node24',
  minify: true,
  legalComments: 'none',
  // Development checks and what only they import fall away.
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'silent',
} as const
const conditions = ['capi-extension-source', 'module']

async function bundle({ root, mainPath }: Project, directory: string) {
  const files = { entryPoints: [mainPath], outfile: join(directory, 'extension.cjs') }
  try {
    return await build({ ...options, conditions, absWorkingDir: root, ...files })
  } catch (error) {
    const [found] = errorsOf(error)
    if (!found) throw error
    const { location, text } = found
    throw nothingBuilt(location ? `${location.file}:${location.line}: ${text}` : text)
  }
}

const errorsOf = (error: unknown): Message[] =>
  error instanceof Error && 'errors' in error && Array.isArray(error.errors) ? error.errors : []

const nothingBuilt = (reason: string) => new StartError(`nothing was built: ${reason}`)
