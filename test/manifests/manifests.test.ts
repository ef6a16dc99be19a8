import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { KubeConfig } from '@kubernetes/client-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureCertificates } from '../../src/dev/certificate-directory.ts'
import { imageFlags } from '../../src/dev/image-flags.ts'
import { buildPrograms } from '../../src/dev/sandbox/build.ts'
import { objectAt } from '../../src/json/json.ts'
import { eventually } from '../image/command.ts'
import { startApiServer } from '../support/api-server.ts'
import { endAll, startExtension } from '../support/start-extension.ts'
import { type Answer, connect, type Resource } from './api.ts'
import { installDefinitions, parse, readDefinitions, readManifest } from './definitions.ts'

const namespace = 'sample-extension-system'
const account = { metadata: { name: 'sample-extension', namespace } }
let clusterctl: string
let ground: Awaited<ReturnType<typeof startApiServer>>
let api: ReturnType<typeof connect>

beforeAll(async () => {
  const programs = await buildPrograms(['etcd', 'kube-apiserver', 'clusterctl'])
  clusterctl = programs.clusterctl
  ground = await startApiServer(programs)
  api = connect(ground.config)
  await eventually('readyz', async () => expect((await api.call('GET', '/readyz')).code).toBe(200))
  await installDefinitions(api, readDefinitions())
})
afterAll(async () => {
  await endAll()
  await ground?.stop()
})

const applied = { code: expect.toSatisfy((code) => code === 200 || code === 201) }
const ok = { ...applied, warnings: [] }

async function applyAll(resources: Resource[]) {
  for (const resource of resources)
    expect(await api.apply(resource), `${resource.kind} ${resource.metadata?.name}`).toMatchObject(
      ok,
    )
}

describe('the API server takes without a warning', () => {
  const files = readdirSync(new URL('../../manifests/deploy', import.meta.url))
    .filter((file) => file.endsWith('.yaml'))
    .sort()

  it.each([
    ...files.map((file) => `manifests/deploy/${file}`),
    'manifests/fleet/horizontal-pod-autoscaler.yaml',
    'manifests/local-registry-configmap.yaml',
    'manifests/extension-config.yaml',
    'manifests/workload/cluster-class.yaml',
  ])('%s', (file) => applyAll(readManifest(file)))

  it('manifests/profiling.yaml as a patch of the Deployment', async () => {
    const [patch] = readManifest('manifests/profiling.yaml')
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments/sample-extension`
    const query = '?dryRun=All&fieldValidation=Strict'
    const type = 'application/strategic-merge-patch+json'
    const answer = await api.call('PATCH', path + query, patch, type)
    expect(answer).toMatchObject(ok)
    const [container] = Object(objectAt(answer.body, ['spec', 'template', 'spec'])).containers
    expect(container).toMatchObject({
      image: 'localhost:5001/capi-sample-extension',
      command: expect.arrayContaining(['--heapsnapshot-signal=SIGUSR2']),
      volumeMounts: [{ name: 'profiles' }, { name: 'certificate' }],
    })
  })

  it.each([
    { machines: 1, environment: {}, maxSurge: '1' },
    { machines: 3, environment: { CONTROL_PLANE_MAX_SURGE: '0' }, maxSurge: '0' },
  ])('the Cluster that clusterctl generates from the template: $machines', async (made) => {
    const { machines, environment, maxSurge } = made
    const command = `generate cluster demo --from manifests/workload/cluster-template.yaml --kubernetes-version v1.36.4 --control-plane-machine-count ${machines} --worker-machine-count 2 --target-namespace default`
    const project = new URL('../..', import.meta.url).pathname
    const generated = execFileSync(clusterctl, command.split(' '), {
      cwd: project,
      encoding: 'utf8',
      env: {
        HOME: ground.directory,
        PATH: process.env['PATH'],
        CLUSTERCTL_DISABLE_VERSIONCHECK: 'true',
        ...environment,
      },
    })
    const [cluster] = parse(generated)
    expect(cluster).toMatchObject({
      metadata: { name: 'demo', namespace: 'default' },
      spec: {
        topology: {
          version: 'v1.36.4',
          controlPlane: { replicas: machines },
          workers: { machineDeployments: [{ replicas: 2 }] },
          // scripts/workload.sh update changes the first one.
          variables: [
            { name: 'files', value: [{ content: expect.any(String) }] },
            { name: 'imageRepository' },
            { name: 'kubeadmControlPlaneMaxSurge', value: maxSurge },
          ],
        },
      },
    })
    await applyAll(parse(generated))
  })
})

describe('Pod Security "restricted" of the namespace', () => {
  const pod = (change: (spec: Record<string, unknown>) => void): Resource => {
    const [deployment] = readManifest('manifests/deploy/deployment.yaml')
    const template = objectAt(deployment, ['spec', 'template'])
    change(objectAt(template, ['spec']) ?? {})
    const metadata = { ...objectAt(template, ['metadata']), name: 'pod', namespace }
    return { ...template, apiVersion: 'v1', kind: 'Pod', metadata }
  }

  it('admits the pods of the Deployment', async () => {
    expect(await api.dryRun(pod(() => {}))).toMatchObject({ code: 201, warnings: [] })
  })
  it('is enforced: it refuses one that may be root', async () => {
    const refused = await api.dryRun(pod((spec) => delete spec['securityContext']))
    expect(refused).toMatchObject({
      code: 403,
      body: { message: expect.stringContaining('violates PodSecurity "restricted') },
    })
  })
})

describe('the ServiceAccount', () => {
  async function mayI(verb: string, resource: string, where: string, group = '') {
    const { body } = await api.call('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', {
      spec: {
        user: `system:serviceaccount:${namespace}:sample-extension`,
        groups: [
          'system:serviceaccounts',
          `system:serviceaccounts:${namespace}`,
          'system:authenticated',
        ],
        resourceAttributes: { verb, resource, group, namespace: where },
      },
    })
    return objectAt(body, ['status'])?.['allowed'] === true
  }
  const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection']

  it('may do with ConfigMaps of the namespace of Clusters what the store does', async () => {
    const allowed = await Promise.all(
      verbs.map(async (verb) => ((await mayI(verb, 'configmaps', 'default')) ? [verb] : [])),
    )
    expect(allowed.flat()).toEqual(['get', 'create', 'patch'])
  })

  it.each([
    ['configmaps', 'kube-system', ''],
    ['configmaps', namespace, ''],
    ['secrets', 'default', ''],
    ['pods', 'default', ''],
    ['clusters', 'default', 'cluster.x-k8s.io'],
    ['extensionconfigs', '', 'runtime.cluster.x-k8s.io'],
  ])('may do nothing with %s in "%s"', async (resource, where, group) => {
    const allowed = await Promise.all(verbs.map((verb) => mayI(verb, resource, where, group)))
    expect(new Set(allowed)).toEqual(new Set([false]))
  })
})

it('the bundle answers with that account and the flags of the image, and says so where it may not', async () => {
  const { body } = await api.call(
    'POST',
    `/api/v1/namespaces/${namespace}/serviceaccounts/${account.metadata.name}/token`,
    {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {},
    },
  )
  const config = new KubeConfig()
  const cluster = ground.config.getCurrentCluster()
  if (!cluster) throw new Error('no cluster')
  config.loadFromClusterAndUser(cluster, {
    name: 'extension',
    token: String(objectAt(body, ['status'])?.['token']),
  })
  const kubeconfig = join(ground.directory, 'kubeconfig')
  writeFileSync(kubeconfig, config.exportConfig())
  const certificates = await ensureCertificates(ground.directory)

  const flags = imageFlags(process.cwd())
  expect(flags).toContain('--permission')
  const { child, port, exited } = await startExtension({
    command: [process.execPath, ...flags, 'dist/extension.cjs'],
    certificates: ground.directory,
    flags: [`--kubeconfig=${kubeconfig}`],
  })
  const call = async (where: string): Promise<Answer['body']> => {
    const path =
      '/hooks.runtime.cluster.x-k8s.io/v1alpha1/beforeclustercreate/before-cluster-create'
    const message = request({ host: '127.0.0.1', port, path, method: 'POST', ca: certificates.ca })
    const subject = { metadata: { name: 'demo', namespace: where }, spec: {} }
    message.end(
      JSON.stringify({ settings: { extensionConfigName: 'sample-extension' }, cluster: subject }),
    )
    const [response] = await once(message, 'response')
    return JSON.parse(await text(response))
  }
  expect(await call('default')).toMatchObject({ status: 'Success' })
  const name = 'demo-sample-extension-test-extension-hookresponses'
  const stored = await api.call('GET', `/api/v1/namespaces/default/configmaps/${name}`)
  expect(stored.body['data']).toMatchObject({
    'BeforeClusterCreate-actualResponseStatus': expect.stringContaining('Success'),
  })
  expect(await call('kube-system')).toMatchObject({
    status: 'Failure',
    message: expect.stringContaining('Forbidden'),
  })
  child.kill('SIGTERM')
  expect(await exited).toEqual([0, null])
})
