import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import semver from 'semver'
import { reasonOf, StartError } from '../../messages/start-error.ts'
import { inMemoryPorts } from './in-memory-provider.ts'
import type { Program } from './programs.ts'

/** The Go modules that pin the programs. */
export const modules = ['cluster-api', 'etcd', 'kube-apiserver'] as const

/** The folder of a Go module. */
export const moduleDirectory = (module: Program['module']): string =>
  fileURLToPath(new URL(`go/${module}`, import.meta.url))

/** Where built programs are kept, for every version of modules and Go a folder of its own. */
export async function cacheDirectory(environment: NodeJS.ProcessEnv = process.env) {
  const hash = createHash('sha256').update(await goVersion())
  for (const file of ['go.mod', 'go.sum'])
    for (const module of modules) hash.update(await readFile(join(moduleDirectory(module), file)))
  hash.update(JSON.stringify(inMemoryPorts))
  const base = environment['XDG_CACHE_HOME'] || join(homedir(), '.cache')
  return join(base, 'capi-extension', hash.digest('hex').slice(0, 12))
}

/** The version of Go that builds the modules. Rejects with StartError when it is missing or too old. */
export async function goVersion(): Promise<string> {
  const texts = await Promise.all(modules.map((module) => readGoMod(module)))
  const needed = texts
    .map((text) => /^go (\S+)$/m.exec(text)?.[1] ?? '0.0.0')
    .toSorted(semver.compare)
  const minimum = needed.at(-1) ?? '0.0.0'
  const advice = `install Go ${minimum} or later`
  const version = (await go(['env', 'GOVERSION'], 'cluster-api', advice)).trim()
  const found = semver.coerce(version)
  if (found && semver.gte(found, minimum)) return version
  throw new StartError(`${version} is too old to build the sandbox: ${advice}`)
}

/** The version of a module as its go.mod pins it, such as `v1.36.3`. */
export async function pinnedVersion(module: Program['module'], path: string): Promise<string> {
  const line = (await readGoMod(module)).split('\n').find((text) => text.includes(`${path} v`))
  const version = /v\d\S+/.exec(line ?? '')?.[0]
  if (version === undefined) throw new Error(`go/${module}/go.mod does not name ${path}`)
  return version
}

/** Folders of Cluster API's modules with their sources; they are downloaded when they are not there. */
export async function sourceDirectories(...paths: string[]): Promise<string[]> {
  const text = await go(['mod', 'download', '-json', ...paths], 'cluster-api')
  const found = text.split(/^(?=\{)/m).map((part): unknown => JSON.parse(part))
  return paths.map((path) => {
    const entry = found.find((value) => Object(value).Path === path)
    const directory: unknown = Object(entry).Dir
    if (typeof directory !== 'string') throw new Error(`Go did not say where ${path} is`)
    return directory
  })
}

const readGoMod = (module: Program['module']) =>
  readFile(join(moduleDirectory(module), 'go.mod'), 'utf8')

async function go(
  args: readonly string[],
  module: Program['module'],
  advice = 'check the network and try again',
) {
  try {
    const options = { cwd: moduleDirectory(module), maxBuffer: 2 ** 26 }
    return (await promisify(execFile)('go', args, options)).stdout
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if ('code' in error && error.code === 'ENOENT')
      throw new StartError(`Go is needed to build the sandbox: ${advice}`)
    const stderr = 'stderr' in error ? String(error.stderr).trim() : ''
    throw new StartError(
      `go ${args[0]} failed: ${stderr.split('\n')[0] || reasonOf(error)}: ${advice}`,
    )
  }
}
