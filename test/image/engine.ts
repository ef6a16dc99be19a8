import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { eventually, run, start } from './command.ts'

/** The registry that the scripts push to. */
export const registry = 'http://localhost:5001'

/**
 * Starts a Docker engine of its own and a registry where the scripts expect theirs, both with their files in
 * the folder. Needs root and Debian's packages docker.io and docker-registry.
 */
export async function startEngine(directory: string) {
  if (await fetch(`${registry}/v2/`).catch(() => undefined))
    throw new Error('port 5001 is taken: stop the registry there (docker stop kind-registry)')
  await mkdir(directory, { recursive: true })
  const path = (name: string) => join(directory, name)
  await writeFile(
    path('registry.yaml'),
    JSON.stringify({
      version: 0.1,
      storage: { filesystem: { rootdirectory: path('registry') } },
      http: { addr: '127.0.0.1:5001' },
    }),
  )
  const registryProgram = start(
    ['docker-registry', 'serve', path('registry.yaml')],
    path('registry.log'),
  )
  const host = `unix://${path('docker.sock')}`
  const engine = start(
    [
      'dockerd',
      `--host=${host}`,
      `--data-root=${path('data')}`,
      `--exec-root=${path('exec')}`,
      `--pidfile=${path('dockerd.pid')}`,
    ],
    path('dockerd.log'),
  )
  // Debian's client builds with the engine's own BuildKit; another client in front of it may lack it.
  const env = { DOCKER_HOST: host, DOCKER_BUILDKIT: '1', PATH: `/usr/bin:${process.env['PATH']}` }
  const docker = (...args: string[]) => run(['docker', ...args], { env })
  const ended = engine.ended.then(async () => {
    throw new Error(`dockerd ended:\n${(await readFile(path('dockerd.log'), 'utf8')).slice(-2000)}`)
  })
  ended.catch(() => {})
  await Promise.race([ended, eventually('docker info', () => docker('info'))])
  await eventually('the registry', () => fetch(`${registry}/v2/`))
  return {
    docker,
    env,
    async stop() {
      await Promise.all([engine.stop(), registryProgram.stop()])
    },
  }
}

/** A running engine. */
export type Engine = Awaited<ReturnType<typeof startEngine>>
