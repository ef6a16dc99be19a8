import { existsSync } from 'node:fs'
import { cp, mkdir, realpath, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { run } from './command.ts'
import type { Engine } from './engine.ts'

/** The Dockerfile's arguments that put the stand-ins in the place of the two base images. */
export const standIns = [
  '--build-arg',
  'BUILD_IMAGE=stand-in-build',
  '--build-arg',
  'RUNTIME_IMAGE=stand-in-runtime',
] as const

/**
 * Makes stand-ins for the base images from this machine. For running: the Node that runs this and its libraries,
 * where distroless has them. For building: that Node, a shell, env, npm, and npm's cache with all that the lock files
 * of the projects name, so that "npm ci" in the container needs no network.
 */
export async function makeStandIns(
  { docker }: Engine,
  projects: readonly string[],
  directory: string,
) {
  const importRoot = async (name: string, root: string, ...changes: string[]) => {
    const archive = join(directory, `${name}.tar`)
    await run(['tar', '--create', `--directory=${root}`, `--file=${archive}`, '.'])
    await docker('import', ...changes.map((change) => `--change=${change}`), archive, name)
  }
  const runtime = join(directory, 'runtime')
  await copyProgram(process.execPath, runtime, '/nodejs/bin/node')
  await mkdir(join(runtime, 'tmp'))
  await importRoot('stand-in-runtime', runtime, 'ENTRYPOINT ["/nodejs/bin/node"]', 'USER 65532')

  const build = join(directory, 'build')
  await copyProgram(process.execPath, build, '/usr/local/bin/node')
  await copyProgram('/bin/sh', build)
  await copyProgram('/usr/bin/env', build)
  const { npm_execpath: npm } = process.env
  if (!npm) throw new Error('run this with "npm run test:image": the stand-in takes its npm')
  await cp(dirname(dirname(npm)), join(build, 'usr/local/lib/npm'), { recursive: true })
  const start = '#!/bin/sh\nexec node /usr/local/lib/npm/bin/npm-cli.js "$@"\n'
  await writeFile(join(build, 'usr/local/bin/npm'), start, { mode: 0o755 })
  for (const [index, project] of projects.entries())
    await fillCache(project, join(directory, `npm-${index}`), join(build, 'npm-cache'))
  const [registry] = /^http\S+/m.exec(await run(['npm', 'config', 'get', 'registry'])) ?? []
  const settings = `npm_config_cache=/npm-cache npm_config_offline=true npm_config_registry=${registry}`
  await importRoot('stand-in-build', build, `ENV PATH=/usr/local/bin:/usr/bin:/bin ${settings}`)
}

async function fillCache(project: string, directory: string, cache: string) {
  await mkdir(directory)
  for (const file of ['package.json', 'package-lock.json', 'vendor'])
    if (existsSync(join(project, file)))
      await cp(join(project, file), join(directory, file), { recursive: true })
  await run(['npm', 'ci', '--ignore-scripts', `--cache=${cache}`], { cwd: directory })
}

/** Copies a program, and the libraries that it is linked with, into a root folder. */
async function copyProgram(program: string, root: string, target = program) {
  const copy = async (from: string, to: string) => {
    await mkdir(dirname(join(root, to)), { recursive: true })
    await cp(await realpath(from), join(root, to))
  }
  await copy(program, target)
  for (const [library] of (await run(['ldd', program])).matchAll(/\/\S+/g))
    await copy(library, library)
}
