import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, expect, it, vi } from 'vitest'
import { accepts, freePorts } from '../../../src/dev/sandbox/ports.ts'
import { createProject } from './project.ts'

// Each command in the folder of a project of its own.
const hold = `import { defineHook } from 'capi-extension'
import { BeforeClusterCreate } from 'capi-extension/hooks'

const hold = defineHook(BeforeClusterCreate, ({ settings: { team } }) => {
  if (team !== 'a') return { status: 'Failure', message: \`team \${team} has no quota\` }
})
export const hooks = [hold]
`
const extensionConfig = `kind: ExtensionConfig
metadata: { name: policy }
spec: { settings: { team: a } }
`
const project = () =>
  createProject({
    'src/hooks/index.ts': hold,
    'manifests/extension-config.yaml': extensionConfig,
  })

const running: ChildProcess[] = []
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

function start(cwd: string, ...args: string[]) {
  const child = spawn(process.execPath, [resolve('src/cli/main.ts'), ...args], { cwd })
  running.push(child)
  return child
}

async function end(cwd: string, ...args: string[]) {
  const child = start(cwd, ...args)
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  return { code, stdout, stderr }
}

it('demo plays a life against it, with the settings of its ExtensionConfig', async () => {
  const root = project()
  const { code, stdout, stderr } = await end(root, 'demo')
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toContain('The extension keeps the contract in this scenario.')
  expect(existsSync(join(root, '.dev/certificates/tls.crt'))).toBe(true)
  const other = await end(root, 'demo', '--setting', 'team=b', '--json')
  const events = other.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(events).toContainEqual(
    expect.objectContaining({ hook: 'BeforeClusterCreate', message: 'team b has no quota' }),
  )
  expect([other.code, events.at(-1).event]).toEqual([1, 'summary'])
})

it('demo leaves no process behind, however it ends', async () => {
  const blocks = hold.replace(
    'if (team',
    `return { retryAfterSeconds: 9, message: 'no' }\n  if (team`,
  )
  const root = createProject({ 'src/hooks/index.ts': blocks })
  for (const end of [
    (child: ChildProcess) => child.kill('SIGTERM'),
    (child: ChildProcess) => child.stdout?.destroy(),
  ]) {
    const child = start(root, 'demo', '--json')
    const ended = once(child, 'exit')
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    await vi.waitFor(() => expect(output).toContain('"verdict":"blocks"'), 30_000)
    const port = Number(/calls https:\/\/127\.0\.0\.1:(\d+)/.exec(output)?.[1])
    expect(await accepts(port)).toBe(true)
    end(child)
    expect((await ended)[0]).toBe(1)
    await vi.waitFor(async () => expect(await accepts(port)).toBe(false), 30_000)
  }
}, 90_000)

it('openapi prints the document of its hooks, or writes it', async () => {
  const root = project()
  const { code, stdout } = await end(root, 'openapi')
  const path = '/hooks.runtime.cluster.x-k8s.io/v1alpha1/beforeclustercreate/before-cluster-create'
  expect(Object.keys(JSON.parse(stdout).paths)).toContain(path)
  expect(code).toBe(0)
  expect((await end(root, 'openapi', '--out', 'build/openapi.json')).stdout).toBe(
    'build/openapi.json\n',
  )
  expect(readFileSync(join(root, 'build/openapi.json'), 'utf8')).toBe(stdout)
})

it('openapi says where the sources fail', async () => {
  const mistakes = {
    "export const hooks = []\nthrow new Error('no quota service')":
      'src/hooks/index.ts:2: no quota service',
    'export const hook = []':
      "src/main.ts:2: SyntaxError: The requested module './hooks/index.ts' does not provide an export named 'hooks'",
    'export const hooks = [\n': 'src/hooks/index.ts:1: SyntaxError: Expression expected',
    "import 'none'\nexport const hooks = []":
      "Cannot find package 'none' imported from src/hooks/index.ts",
  }
  for (const [index, message] of Object.entries(mistakes)) {
    const root = createProject({ 'src/hooks/index.ts': index })
    expect(await end(root, 'openapi')).toEqual({ code: 1, stdout: '', stderr: `${message}\n` })
  }
  const other = createProject({ 'src/main.ts': 'export {}' })
  expect((await end(other, 'openapi')).stderr).toBe(
    'src/main.ts does not call "serve" of capi-extension: nothing is served\n',
  )
})

const flagsFor = ({ webhook, health }: { webhook: number; health: number }) => [
  `--webhook-port=${webhook}`,
  `--health-addr=127.0.0.1:${health}`,
  '--logging-format=json',
]

it('dev serves it, with flags of its own', async () => {
  const root = project()
  const ports = await freePorts(['webhook', 'health'])
  const child = start(root, 'dev', ...flagsFor(ports))
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  await vi.waitFor(() => expect(output).toContain('"msg":"serving hooks"'), 30_000)
  expect(output).toMatch(/^The authority of its certificate is \.dev\/certificates\/ca\.crt\n/)
  expect(output).toContain(`"port":${ports.webhook}`)
  expect(output).toContain('state is in memory')

  const second = await end(root, 'dev', ...flagsFor(ports))
  expect(second).toEqual({
    code: 1,
    stdout: '',
    stderr: `port ${ports.webhook} of 127.0.0.1 is taken, perhaps by another "dev": stop that, or pass another --webhook-port\n`,
  })
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})

it('dev says which port is taken by another program', async () => {
  const ports = await freePorts(['webhook', 'health'])
  const server = createServer().listen(ports.health, '127.0.0.1')
  await once(server, 'listening')
  const { code, stderr } = await end(project(), 'dev', ...flagsFor(ports))
  server.close()
  expect([code, stderr]).toEqual([
    1,
    `port ${ports.health} of 127.0.0.1 is taken, perhaps by another "dev": stop that, or pass another --health-addr\n`,
  ])
})

it('dev ends with one line for a wrong flag, which no edit mends', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [resolve('src/cli/main.ts'), 'dev', '--webhook-prt=1'],
    { cwd: project(), encoding: 'utf8' },
  )
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(/^.*--webhook-prt.*\n$/)
})
