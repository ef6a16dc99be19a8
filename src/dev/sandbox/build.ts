import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { StartError } from '../../messages/start-error.ts'
import { copyInMemoryProvider } from './in-memory-provider.ts'
import { startProcess } from './processes.ts'
import { type ProgramName, programs } from './programs.ts'
import { type Report, silent } from './report.ts'
import { cacheDirectory, moduleDirectory, pinnedVersion, sourceDirectories } from './toolchain.ts'

/**
 * Builds what is not yet in the cache and gives the paths. Several processes may build at the same time.
 * Rejects with StartError when Go is missing, a build fails or the disk is full.
 */
export async function buildPrograms<Name extends ProgramName>(
  names: readonly Name[],
  report: Report = silent,
  signal?: AbortSignal,
): Promise<Record<Name, string>> {
  const cache = await cacheDirectory()
  const paths = names.map((name) => [name, join(cache, name)] as const)
  const missing = paths.filter(([, path]) => !existsSync(path)).map(([name]) => name)
  if (missing.length > 0) {
    await mkdir(cache, { recursive: true })
    const total = missing.reduce((sum, name) => sum + estimate(name), 0)
    report.line(
      `Building ${missing.length} programs into ${cache}: ${describeSeconds(total)}, and their sources are downloaded. Once.`,
    )
    for (const name of missing) await build(name, cache, report, signal)
  }
  return Object.fromEntries(paths) as Record<Name, string>
}

async function build(name: ProgramName, cache: string, report: Report, signal?: AbortSignal) {
  const directory = await mkdtemp(join(cache, `.${name}-`))
  const started = Date.now()
  const elapsed = () => `${Math.round((Date.now() - started) / 1000)} s`
  const expected = describeSeconds(estimate(name))
  const timer = setInterval(
    () => report.status(`  ${name.padEnd(22)} ${elapsed().padStart(6)}   ${expected}`),
    1000,
  )
  report.status(`  ${name.padEnd(22)}          ${expected}`)
  try {
    const output = join(directory, name)
    const args = [
      'build',
      ...(await flagsOf(name, directory)),
      '-o',
      output,
      programs[name].package,
    ]
    const cwd = moduleDirectory(programs[name].module)
    const go = startProcess({ name: 'build', file: 'go', args, cwd }, directory)
    const stop = () => go.stop()
    signal?.addEventListener('abort', stop)
    const code = await go.ended
    signal?.throwIfAborted()
    if (code !== 0) throw new StartError(await describeFailure(name, go.log))
    await rename(output, join(cache, name))
  } finally {
    clearInterval(timer)
    report.status('')
    await rm(directory, { recursive: true, force: true })
  }
  report.line(`  ${name.padEnd(22)} ${elapsed().padStart(6)}`)
}

async function flagsOf(name: ProgramName, directory: string): Promise<string[]> {
  if (name === 'kube-apiserver') {
    // The controllers refuse a server that does not know its version.
    const version = await pinnedVersion('kube-apiserver', 'k8s.io/kubernetes')
    const [major = '', minor = ''] = version.slice(1).split('.')
    const values = { gitVersion: version, gitMajor: major, gitMinor: minor }
    const flags = Object.entries(values).map(
      ([variable, value]) => `-X k8s.io/component-base/version.${variable}=${value}`,
    )
    return ['-ldflags', ['-s -w', ...flags].join(' ')]
  }
  if (name !== 'infrastructure-docker') return ['-ldflags', '-s -w']
  const [source = ''] = await sourceDirectories('sigs.k8s.io/cluster-api/test')
  const modfile = await copyInMemoryProvider(source, moduleDirectory('cluster-api'), directory)
  return ['-modfile', modfile, '-ldflags', '-s -w']
}

async function describeFailure(name: ProgramName, log: string): Promise<string> {
  const lines = (await readFile(log, 'utf8').catch(() => '')).split('\n')
  if (lines.some((line) => line.includes('no space left on device')))
    return `No disk space is left to build ${name}: free about 6 GB and try again`
  const reason = lines.findLast((line) => line.trim() !== '' && !line.startsWith('go: downloading'))
  const { module, package: path } = programs[name]
  return `${name} cannot be built: ${reason ?? 'Go did not say why'} (go -C ${moduleDirectory(module)} build ${path} shows all)`
}

// The seconds in the table are those of two cores; more than eight have nothing more to do.
const estimate = (name: ProgramName) =>
  (programs[name].seconds * 2) / Math.min(8, availableParallelism())

function describeSeconds(seconds: number): string {
  return seconds < 90 ? `about ${Math.ceil(seconds)} s` : `about ${Math.ceil(seconds / 60)} minutes`
}
