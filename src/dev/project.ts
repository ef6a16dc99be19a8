import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { loadAll } from 'js-yaml'
import * as v from 'valibot'
import { describeIssue } from '../messages/describe-issue.ts'
import { reasonOf, StartError } from '../messages/start-error.ts'

/** An extension in a folder of its own. */
export interface Project {
  /** Its folder: an absolute path. */
  readonly root: string
  /** That of package.json, without a scope. */
  readonly name: string
  readonly version: string
  /** The file that calls `serve`: an absolute path. */
  readonly mainPath: string
  /** The namespace that it is deployed to. */
  readonly namespace: string
  /** Its image, without a tag. */
  readonly image: string
  /** What manifests/extension-config.yaml says; without that file the name of the project and no settings. */
  readonly extensionConfig: ExtensionConfig
}

/** The part of an ExtensionConfig that the extension sees. */
export interface ExtensionConfig {
  readonly name: string
  readonly settings: Readonly<Record<string, string>>
}

const manifestSchema = v.object({
  name: v.pipe(v.string(), v.nonEmpty()),
  version: v.optional(v.string(), '0.0.0'),
  'capi-extension': v.optional(
    v.object({ namespace: v.optional(v.string()), image: v.optional(v.string()) }),
    {},
  ),
})

const extensionConfigSchema = v.object({
  kind: v.literal('ExtensionConfig'),
  metadata: v.object({ name: v.string() }),
  spec: v.optional(v.object({ settings: v.optional(v.record(v.string(), v.string()), {}) }), {}),
})

/** The project in a folder. Rejects with StartError where there is none, or one of its files cannot be read. */
export async function readProject(root = process.cwd()): Promise<Project> {
  const mainPath = join(root, 'src', 'main.ts')
  const text = await readOptional(join(root, 'package.json'))
  const missing = text === undefined ? 'package.json' : 'src/main.ts'
  if (text === undefined || !(await isFile(mainPath)))
    throw new StartError(
      `there is no ${missing} in ${root}: go to the folder of an extension, or make one with "capi-extension init"`,
    )
  const manifest = parse('package.json', manifestSchema, () => JSON.parse(text))
  const name = manifest.name.replace(/^@[^/]*\//, '')
  const { namespace, image } = manifest['capi-extension']
  return {
    root,
    name,
    version: manifest.version,
    mainPath,
    namespace: namespace ?? `${name}-system`,
    image: image ?? `localhost:5001/${name}`,
    extensionConfig: (await readExtensionConfig(root)) ?? { name, settings: {} },
  }
}

async function readExtensionConfig(root: string): Promise<ExtensionConfig | undefined> {
  const file = 'manifests/extension-config.yaml'
  const text = await readOptional(join(root, file))
  if (text === undefined) return undefined
  const { metadata, spec } = parse(file, extensionConfigSchema, () => {
    const documents: unknown[] = loadAll(text)
    return documents.find((document) => Object(document).kind === 'ExtensionConfig') ?? {}
  })
  return { name: metadata.name, settings: spec.settings }
}

function parse<T>(file: string, schema: v.GenericSchema<unknown, T>, read: () => unknown): T {
  let value: unknown
  try {
    value = read()
  } catch (error) {
    throw new StartError(`cannot read ${file}: ${reasonOf(error)}`)
  }
  const { success, output, issues } = v.safeParse(schema, value)
  if (success) return output
  // Such as `true`, which YAML does not take for a text.
  const quotes = v.getDotPath(issues[0])?.startsWith('spec.settings.') ? ', in quotes' : ''
  throw new StartError(`cannot read ${file}: ${describeIssue(issues[0])}${quotes}`)
}

const readOptional = (path: string) =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw new StartError(`cannot read ${path}: ${reasonOf(error)}`)
  })

const isFile = (path: string) =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
