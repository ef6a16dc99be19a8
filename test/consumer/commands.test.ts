import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { loadAll } from 'js-yaml'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Address, createCluster } from './call.ts'
import { type Running, run, start, tryRun } from './command.ts'

const project = inject('project')
const ca = join(project, '.dev/certificates/ca.crt')
const anyPort = ['--webhook-port=0', '--health-addr=127.0.0.1:0']
const answer = {
  apiVersion: 'hooks.runtime.cluster.x-k8s.io/v1alpha1',
  kind: 'BeforeClusterCreateResponse',
  status: 'Success',
}
const capiExtension = (...args: string[]) => tryRun(project, 'npx', 'capi-extension', ...args)

/** The last line that a command printed, as JSON. */
async function summaryOf(command: ReturnType<typeof capiExtension>) {
  const { code, stdout, stderr } = await command
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
}

async function expectAnswers(address: Address): Promise<void> {
  expect(await createCluster(address)).toEqual({ ...answer, retryAfterSeconds: 0 })
  expect(await createCluster(address, { maxClusters: '0' })).toEqual({
    ...answer,
    retryAfterSeconds: 30,
    message: 'Waiting for quota',
  })
  expect(await createCluster(address, { maxClusters: 'many' })).toMatchObject({
    status: 'Failure',
    message: expect.stringContaining('spec.settings.maxClusters'),
  })
}

describe('dev', () => {
  let dev: Running
  beforeAll(async () => {
    dev = start(project, 'npx', 'capi-extension', 'dev', ...anyPort)
    await dev.port()
  })
  afterAll(() => dev.stop())

  it('answers calls, with the settings and the context of the project', async () => {
    await expectAnswers({ port: await dev.port(), ca })
  })

  it('keeps the contract when simulate calls it', async () => {
    const url = `https://127.0.0.1:${await dev.port()}`
    const summary = await summaryOf(capiExtension('simulate', '--url', url, '--ca', ca, '--json'))
    expect(summary).toMatchObject({ event: 'summary', breaks: 0 })
  })

  it('answers anew after an edit', async () => {
    const file = join(project, 'src/hooks/before-cluster-create.ts')
    const source = readFileSync(file, 'utf8')
    writeFileSync(file, source.replace('Waiting for quota', 'Wait for your turn'))
    const port = await dev.port(2)
    writeFileSync(file, source)
    expect(await createCluster({ port, ca }, { maxClusters: '0' })).toMatchObject({
      message: 'Wait for your turn',
    })
  })
})

it('demo plays the life of a Cluster', async () => {
  const summary = await summaryOf(capiExtension('demo', '--variable', 'motd=Hello', '--json'))
  expect(summary).toMatchObject({ event: 'summary', breaks: 0 })
  expect(summary.hooksCalled).toEqual([
    'Discovery',
    'DiscoverVariables',
    'BeforeClusterCreate',
    'GeneratePatches',
  ])
})

it('vitest runs the tests of the project, with the matchers of the package', async () => {
  const { code, stdout } = await tryRun(project, 'npx', 'vitest', 'run', 'test')
  expect(stdout).toMatch(/Tests {2}2 passed \(2\)/)
  expect(code).toBe(0)
})

it('openapi prints the endpoints of the project', async () => {
  const { stdout } = await capiExtension('openapi')
  expect(Object.keys(JSON.parse(stdout).paths)).toEqual([
    expect.stringContaining('/discovery'),
    expect.stringContaining('/discovervariables/discover-variables'),
    expect.stringContaining('/beforeclustercreate/before-cluster-create'),
    expect.stringContaining('/generatepatches/generate-patches'),
  ])
})

describe('build', () => {
  beforeAll(() => run(project, 'npx', 'capi-extension', 'build'))

  it('makes a bundle that answers calls', async () => {
    const certificates = `--webhook-cert-dir=${join(project, '.dev/certificates')}`
    // A handler that asks for an API server fails where there is none.
    const flags = ['--in-memory', certificates, ...anyPort]
    const bundle = start(project, 'node', 'dist/extension.cjs', ...flags)
    try {
      await expectAnswers({ port: await bundle.port(), ca })
    } finally {
      await bundle.stop()
    }
  })

  it('bundles nothing of development', () => {
    const { inputs } = JSON.parse(readFileSync(join(project, 'dist/metafile.json'), 'utf8'))
    const paths = Object.keys(inputs)
    expect(paths).toContain('node_modules/capi-extension/lib/extension/serve.js')
    const development =
      /capi-extension\/lib\/(dev|cli|rules|testing)\/|@peculiar|x509|reflect-metadata|rfc6902|re2js|pino-pretty|client-node|commander|esbuild/
    expect(paths.filter((path) => development.test(path))).toEqual([])
  })
})

it('render shows what the hooks of the project make of templates, and guard replays that', async () => {
  const manifests = resolve('src/dev/sandbox/manifests')
  const external = {
    discoverVariablesExtension: 'discover-variables.fleet-policy',
    generatePatchesExtension: 'generate-patches.fleet-policy',
  }
  const objects = loadAll(readFileSync(join(manifests, 'clusterclass.yaml'), 'utf8')).map(Object)
  for (const { kind, spec } of objects)
    if (kind === 'ClusterClass') spec.patches = [{ name: 'own', external }]
  writeFileSync(join(project, 'class.json'), JSON.stringify({ kind: 'List', items: objects }))
  const inputs = ['--clusterclass', 'class.json', '--cluster', join(manifests, 'cluster.yaml')]
  const more = ['--variable', 'motd=Hello', '--save', 'rendered', '--json']
  const { patches, refusals } = await summaryOf(capiExtension('render', ...inputs, ...more))
  expect([patches[0].state, refusals]).toEqual(['applied', []])
  expect(patches[0].changed.length).toBeGreaterThan(0)
  const { code, stdout } = await capiExtension('guard', 'rendered')
  expect([code, stdout]).toEqual([0, expect.stringContaining('Nothing changes.')])
})

it('types makes a module that compiles', async () => {
  const definitions = resolve('test/examples/patches/aws-machine-templates.yaml')
  await run(project, 'npx', 'capi-extension', 'types', definitions, '--out', 'types/aws.ts')
  const config = { extends: '../tsconfig.json', files: ['aws.ts'], include: [] }
  writeFileSync(join(project, 'types/tsconfig.json'), JSON.stringify(config))
  await run(project, 'npx', 'tsc', '--project', 'types', '--skipLibCheck')
})

it('a kubeconfig with a plugin says which package is missing', async () => {
  const kubeconfig = join(project, 'kubeconfig.yaml')
  const user = '{ exec: { apiVersion: client.authentication.k8s.io/v1, command: login } }'
  writeFileSync(
    kubeconfig,
    `current-context: a
contexts: [{ name: a, context: { cluster: a, user: a } }]
clusters: [{ name: a, cluster: { server: 'https://127.0.0.1:6443' } }]
users: [{ name: a, user: ${user} }]
`,
  )
  const dev = start(
    project,
    'npx',
    'capi-extension',
    'dev',
    `--kubeconfig=${kubeconfig}`,
    ...anyPort,
  )
  try {
    await expect(createCluster({ port: await dev.port(), ca })).rejects.toThrow(
      'failed, see its log',
    )
    expect(dev.output()).toContain('npm install --save-dev @kubernetes/client-node')
  } finally {
    await dev.stop()
  }
})

it('sandbox says in one line which package is missing', async () => {
  const { code, stderr } = await capiExtension('sandbox')
  expect(stderr).toMatch(
    /^@kubernetes\/client-node, which this command needs, is not installed: npm install --save-dev @kubernetes\/client-node@\S+\n$/,
  )
  expect(code).toBe(1)
})
