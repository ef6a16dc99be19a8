import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { planProject, writeFiles, writeLock } from '../../src/cli/project/new-project.ts'
import { ensureCertificates } from '../../src/dev/certificate-directory.ts'
import { objectAt } from '../../src/json/json.ts'
import { readManifest } from '../manifests/definitions.ts'
import { scaledTo } from '../reliability/scaled.ts'
import { eventually, run } from './command.ts'
import { type Engine, registry, startEngine } from './engine.ts'
import { makeStandIns, standIns } from './stand-ins.ts'

const image = 'localhost:5001/capi-sample-extension'
const directory = mkdtempSync(join(tmpdir(), 'image-'))
const project = new URL('../..', import.meta.url).pathname
const clone = join(directory, 'clone')
const certificates = join(directory, 'certificates')
/** A project that `init` has written. */
const fleet = join(directory, 'fleet')
let engine: Engine

beforeAll(async () => {
  const files = await run(['git', 'ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: project,
  })
  for (const file of files.trim().split('\n')) {
    if (existsSync(join(project, file))) cpSync(join(project, file), join(clone, file))
  }
  await ensureCertificates(certificates)
  chmodSync(join(certificates, 'tls.key'), 0o644)
  engine = await startEngine(join(directory, 'engine'))
  await createFleet()
  await makeStandIns(engine, [project, fleet], directory)
})

afterAll(async () => {
  await engine?.stop()
  rmSync(directory, { recursive: true, force: true })
})

async function createFleet() {
  const { name, version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))
  const packed = `${name}-${version}.tgz`
  await run(['npm', 'run', 'package'], { cwd: project })
  await writeFiles(await planProject(fleet, {}), `file:vendor/${packed}`)
  mkdirSync(join(fleet, 'vendor'))
  cpSync(join(project, 'dist', packed), join(fleet, 'vendor', packed))
  expect(await writeLock(fleet)).toBeUndefined()
}

const scripts = (name: string, ...args: string[]) =>
  run([join(clone, 'scripts', name), ...args], { env: engine.env })

/** The layers of the image in the registry, from the base upwards, with their sizes as they were pushed. */
async function layers(): Promise<{ digest: string; size: number }[]> {
  const response = await fetch(`${registry}/v2/capi-sample-extension/manifests/latest`, {
    headers: { accept: 'application/vnd.docker.distribution.manifest.v2+json' },
  })
  const { layers } = (await response.json()) as { layers: { digest: string; size: number }[] }
  return layers
}

it('builds from a fresh clone, is pushed, removed and pulled', async () => {
  await scripts('image.sh', ...standIns)
  await engine.docker('image', 'rm', image)
  await engine.docker('pull', image)
  const [size] = JSON.parse(
    await engine.docker('image', 'inspect', '--format', '[{{.Size}}]', image),
  )
  const [base, top] = await layers()
  console.log(
    `image ${megabytes(size)}, as pushed: base ${megabytes(base?.size)}, extension ${megabytes(top?.size)}`,
  )
})

it('adds exactly one file to the base image, in one layer', async () => {
  const files = async (name: string) => {
    const container = (await engine.docker('create', name)).trim()
    const archive = join(directory, `${container}.tar`)
    await engine.docker('export', `--output=${archive}`, container)
    await engine.docker('rm', container)
    return (await run(['tar', '--list', `--file=${archive}`])).split('\n')
  }
  const base = new Set(await files('stand-in-runtime'))
  expect((await files(image)).filter((file) => !base.has(file))).toEqual(['extension.cjs'])
  expect(await layers()).toHaveLength(2)
})

it('says what it is and runs as nobody in particular', async () => {
  const [{ Config }] = JSON.parse(await engine.docker('image', 'inspect', image))
  expect(Config.User).toBe('65532:65532')
  expect(Config.Labels).toMatchObject({
    'org.opencontainers.image.title': 'capi-sample-extension',
    'org.opencontainers.image.licenses': 'Apache-2.0',
    'org.opencontainers.image.revision': expect.stringMatching(/./),
  })
})

it('serves without any right in 256 MiB, ten bodies of 18 MiB at once as well, and on SIGTERM drops no call and ends with 0', async () => {
  const container = (
    await engine.docker(
      ...[
        'run',
        '--detach',
        '--read-only',
        '--cap-drop=ALL',
        '--security-opt=no-new-privileges',
        '--memory=256m',
      ],
      ...['--publish=127.0.0.1::9443', '--publish=127.0.0.1::9440'],
      `--volume=${certificates}:/tmp/k8s-webhook-server/serving-certs:ro`,
      image,
      '--in-memory',
    )
  ).trim()
  const address = async (port: number) => (await engine.docker('port', container, `${port}`)).trim()
  const health = await address(9440)
  await eventually('readyz', () => fetch(`http://${health}/readyz`).then(expectOk))

  const [host, port] = (await address(9443)).split(':')
  const agent = new Agent({ ca: readFileSync(join(certificates, 'ca.crt')) })
  const call = (path: string) =>
    request({
      agent,
      host,
      port,
      path: `/hooks.runtime.cluster.x-k8s.io/v1alpha1/${path}`,
      method: 'POST',
    })
  const cluster = { metadata: { name: 'demo', namespace: 'default' }, spec: {} }
  const hook = JSON.stringify({ settings: { extensionConfigName: 'demo' }, cluster })

  const discovery = call('discovery').end('{}')
  expect((await answer(discovery))['handlers']).toHaveLength(16)
  expect(await answer(call('beforeclustercreate/before-cluster-create').end(hook))).toMatchObject({
    status: 'Success',
  })

  // The kernel ends a process that needs more than its limit.
  const large = JSON.stringify(scaledTo(18 * 2 ** 20))
  expect(large.length).toBeGreaterThan(17.5 * 2 ** 20)
  for (const path of ['validatetopology/validate-topology', 'generatepatches/generate-patches']) {
    const started = Array.from({ length: 10 }, () => answer(call(`${path}?timeout=30s`).end(large)))
    const statuses = (await Promise.all(started)).map(({ status }) => status)
    expect(new Set(statuses)).toEqual(new Set(['Success']))
  }
  const [{ State }] = JSON.parse(await engine.docker('inspect', container))
  expect(State).toMatchObject({ Running: true, OOMKilled: false })

  // Calls whose bodies have begun when SIGTERM comes, and end after it.
  const open = Array.from({ length: 20 }, () => call('beforeclustercreate/before-cluster-create'))
  for (const one of open) one.write(hook.slice(0, 10))
  await Promise.all(
    open.map((one) => once(one, 'socket').then(([socket]) => once(socket, 'secureConnect'))),
  )
  await engine.docker('kill', '--signal=SIGTERM', container)
  await eventually('the log line', async () => {
    expect(await engine.docker('logs', container)).toContain(
      'stopping when the running calls have ended',
    )
  })
  const answers = Promise.all(open.map((one) => answer(one.end(hook.slice(10)))))
  expect(new Set((await answers).map(({ status }) => status))).toEqual(new Set(['Success']))
  expect((await engine.docker('wait', container)).trim()).toBe('0')
  expect(await engine.docker('diff', container)).not.toMatch(/^[AC] (?!\/tmp)/m)
  expect(await engine.docker('logs', container)).toContain('SPIKE BeforeClusterCreate answered')
})

it('writes a heap snapshot and a CPU profile with the command of manifests/profiling.yaml', async () => {
  const [patch] = readManifest('manifests/profiling.yaml')
  const [{ command }] = Object(objectAt(patch, ['spec', 'template', 'spec'])).containers
  const profiles = join(directory, 'profiles')
  mkdirSync(profiles)
  chmodSync(profiles, 0o777)
  const [node, ...args] = command
  const volumes = [
    `--volume=${profiles}:/profiles`,
    `--volume=${certificates}:/tmp/k8s-webhook-server/serving-certs:ro`,
  ]
  const start = ['run', '--detach', '--read-only', '--cap-drop=ALL', `--entrypoint=${node}`]
  const container = (await engine.docker(...start, ...volumes, image, ...args)).trim()
  const files = (ending: string) => readdirSync(profiles).filter((name) => name.endsWith(ending))
  await eventually('serving', async () => {
    expect(await engine.docker('logs', container)).toContain('serving hooks')
  })
  // As "kubectl exec" does: there is no shell and no kill in the image.
  const signal = (name: string) =>
    engine.docker('exec', container, '/nodejs/bin/node', '--eval', `process.kill(1, '${name}')`)
  await signal('SIGUSR2')
  await eventually('the snapshot', async () => expect(files('.heapsnapshot')).toHaveLength(1))
  await signal('SIGTERM')
  expect((await engine.docker('wait', container)).trim()).toBe('0')
  const [profile = ''] = files('.cpuprofile')
  const { nodes } = JSON.parse(readFileSync(join(profiles, profile), 'utf8'))
  expect(nodes.length).toBeGreaterThan(100)
})

it('moves only the layer of the extension after an edit', async () => {
  const before = await layers()
  symlinkSync(join(project, 'node_modules'), join(clone, 'node_modules'))
  // Plays the cluster, whose pods run what was pushed last.
  const pods = `docker image inspect --format '{{index .RepoDigests 0}}' ${image}`
  mkdirSync(join(clone, 'bin'))
  writeFileSync(
    join(clone, 'bin/kubectl'),
    `#!/bin/sh\ncase "$*" in *go-template*) ${pods} ;; esac\n`,
    { mode: 0o755 },
  )
  const source = join(clone, 'src/main.ts')
  writeFileSync(source, `${readFileSync(source, 'utf8')}\nconsole.error('edited')\n`)
  const output = await scripts('reload.sh', ...standIns)
  const [base, extension, ...others] = await layers()
  expect(others).toEqual([])
  expect(base).toEqual(before[0])
  expect(extension?.digest).not.toBe(before[1]?.digest)
  expect(await engine.docker('run', '--rm', image, '--help')).toContain('edited')
  console.log(`${output}moved ${megabytes(extension?.size)}`)
})

const megabytes = (bytes = 0) => `${(bytes / 1e6).toFixed(2)} MB`

async function answer(call: ReturnType<typeof request>): Promise<Record<string, unknown>> {
  const [response] = await once(call, 'response')
  expectOk({ ok: response.statusCode === 200 })
  return JSON.parse(await text(response))
}

function expectOk({ ok }: { ok: boolean }) {
  expect(ok).toBe(true)
}

it('of a new project builds from its own files, and starts', async () => {
  await engine.docker('build', ...standIns, '--tag=fleet', fleet)
  expect(await engine.docker('run', '--rm', 'fleet', '--help')).toContain(
    'fleet, a Cluster API runtime extension',
  )
})
