import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildPrograms } from '../../src/dev/sandbox/build.ts'
import { differences } from '../../src/json/differences.ts'
import type { JsonObject } from '../../src/json/json.ts'
import { at, withValue } from '../../src/json/path.ts'
import { rules } from '../../src/rollout/rules.ts'
import { compareTemplates } from '../../src/rollout/template.ts'
import { startApiServer } from '../support/api-server.ts'
import { connect } from './api.ts'
import { installDefinitions, readDefinitions } from './definitions.ts'

let server: Awaited<ReturnType<typeof startApiServer>>
let api: ReturnType<typeof connect>

beforeAll(async () => {
  server = await startApiServer(await buildPrograms(['etcd', 'kube-apiserver']))
  api = connect(server.config)
  const definitions = readDefinitions().filter(({ metadata }) =>
    /^(kubeadmconfig|devmachine)templates\./.test(metadata?.name ?? ''),
  )
  expect(definitions).toHaveLength(2)
  await installDefinitions(api, definitions)
})
afterAll(() => server?.stop())

const kinds = {
  kubeadm: {
    apiVersion: 'bootstrap.cluster.x-k8s.io/v1beta2',
    kind: 'KubeadmConfigTemplate',
    resource: 'kubeadmconfigtemplates',
  },
  machine: {
    apiVersion: 'infrastructure.cluster.x-k8s.io/v1beta2',
    kind: 'DevMachineTemplate',
    resource: 'devmachinetemplates',
  },
}

/**
 * What the topology controller finds for a template, step by step as it does (dryRunSSAPatch in
 * core/reconcilers/topology/cluster/structuredmerge/dryrun.go): the paths of spec that differ, or why the API server
 * refuses the new one.
 */
async function dryRun(before: JsonObject, after: JsonObject, name: string, resource: string) {
  const path = `/apis/${before['apiVersion']}/namespaces/default/${resource}/${name}`
  const apply = (object: JsonObject, query = '') =>
    api.call(
      'PATCH',
      `${path}?fieldManager=capi-topology&force=true${query}`,
      { ...object, metadata: { ...Object(object['metadata']), name, namespace: 'default' } },
      'application/apply-patch+yaml',
    )
  const created = await apply(before)
  expect(created).toMatchObject({ code: 201 })
  const modified = await apply(after, '&dryRun=All')
  if (modified.code !== 200) return String(modified.body['message'])
  const { apiVersion, kind, spec } = created.body
  const original = await apply({ apiVersion, kind, spec }, '&dryRun=All')
  expect(original).toMatchObject({ code: 200 })
  return differences(original.body['spec'], modified.body['spec'])
}

const file = (path: string) => ({ path, content: path })
const argument = (name: string, value = 'a') => ({ name, value })
const kubeletArguments = 'spec.joinConfiguration.nodeRegistration.kubeletExtraArgs'
const vm = 'spec.backend.inMemory.vm.provisioning'

// A field of spec.template, its value before and after.
it.each<
  [kind: keyof typeof kinds, field: string, before: unknown, after: unknown, verdict: string]
>([
  ['kubeadm', 'spec.verbosity', 1, 1, 'nothing'],
  ['kubeadm', 'spec.verbosity', 1, 2, 'rolls out'],
  ['kubeadm', 'spec.files', undefined, [file('/a')], 'rolls out'],
  ['kubeadm', 'spec.files', [file('/a'), file('/b')], [file('/b'), file('/a')], 'rolls out'],
  ['kubeadm', 'spec.files', [file('/b')], [file('/a'), file('/b')], 'rolls out'],
  ['kubeadm', 'spec.files', [file('/a')], [{ ...file('/a'), append: false }], 'rolls out'],
  // Of a list whose items are merged by key, the order counts as well.
  [
    'kubeadm',
    kubeletArguments,
    [argument('a'), argument('b')],
    [argument('b'), argument('a')],
    'rolls out',
  ],
  [
    'kubeadm',
    kubeletArguments,
    [argument('a'), argument('b')],
    [argument('c'), argument('a'), argument('b')],
    'rolls out',
  ],
  ['kubeadm', kubeletArguments, [argument('a')], [argument('a', 'b')], 'rolls out'],
  ['kubeadm', 'spec.joinConfiguration.nodeRegistration.taints', undefined, [], 'rolls out'],
  ['kubeadm', 'spec.joinConfiguration.controlPlane', undefined, {}, 'rolls out'],
  ['kubeadm', 'spec.clusterConfiguration.featureGates', undefined, {}, 'rolls out'],
  ['kubeadm', 'spec.clusterConfiguration.featureGates', { a: true }, {}, 'could not tell'],
  ['kubeadm', 'metadata.labels', undefined, {}, 'rolls out'],
  ['kubeadm', 'metadata.labels', undefined, { a: 'b' }, 'rolls out'],
  ['kubeadm', 'metadata.labels', { a: 'b' }, {}, 'could not tell'],
  ['machine', 'spec.backend', { inMemory: {} }, { docker: {} }, 'rolls out'],
  ['machine', 'spec.backend', { docker: { customImage: 'a' } }, { docker: {} }, 'could not tell'],
  ['machine', 'spec.backend', { docker: { extraMounts: [] } }, { docker: {} }, 'could not tell'],
  [
    'machine',
    'spec.backend',
    { docker: { preLoadImages: ['a'] } },
    { docker: { preLoadImages: [] } },
    'rolls out',
  ],
  ['machine', vm, { startupDuration: '60s' }, { startupDuration: '1m0s' }, 'rolls out'],
  ['machine', vm, { startupDuration: '60s' }, undefined, 'could not tell'],
  [
    'machine',
    'spec.backend',
    { inMemory: { node: {}, vm: {} } },
    { inMemory: { node: {} } },
    'rolls out',
  ],
])('%s: %s from %j to %j: %s', async (kind, field, before, after, verdict) => {
  const { resource, ...object } = kinds[kind]
  const [was, is] = [before, after].map((value) =>
    withValue(
      {
        ...object,
        spec: { template: { spec: kind === 'kubeadm' ? { mounts: [['a', 'b']] } : {} } },
      },
      ['spec', 'template', ...field.split('.')],
      value,
    ),
  )
  const name = `a${crypto.randomUUID()}`
  const found = await dryRun(was ?? {}, is ?? {}, name, resource)
  const item = (template: JsonObject = {}) => ({
    uid: '',
    holderReference: {
      ...{ apiVersion: 'cluster.x-k8s.io/v1beta2', kind: 'MachineDeployment' },
      ...{ namespace: 'default', name: 'a', fieldPath: '' },
    },
    object: template,
  })
  const effect = compareTemplates(item(was), item(is), rules.machineDeployment, {})
  expect(effect.verdict).toBe(verdict)
  if (verdict === 'could not tell') expect(found).toMatch(/Invalid value: "?null/)
  else expect(found.length > 0).toBe(verdict === 'rolls out')
})

it('patches labels of a template itself in place', async () => {
  const { resource, ...object } = kinds.kubeadm
  const before = { ...object, spec: { template: { spec: { verbosity: 1 } } } }
  const after = withValue(before, ['metadata', 'labels'], { a: 'b' })
  expect(await dryRun(before, after, 'labels', resource)).toEqual([])
})

// serversidepatchhelper.go gives the new object the uid of the old one, whatever its kind.
it('refuses a template of another kind with the uid of the old one', async () => {
  const metadata = { name: 'other', namespace: 'default' }
  const path = ({ apiVersion, resource }: (typeof kinds)['kubeadm'], query: string) =>
    `/apis/${apiVersion}/namespaces/default/${resource}/other?fieldManager=capi-topology&force=true${query}`
  const apply = (kind: (typeof kinds)['kubeadm'], spec: object, uid: unknown, query = '') => {
    const { resource: _, ...object } = kind
    const body = { ...object, metadata: { ...metadata, uid }, spec: { template: { spec } } }
    return api.call('PATCH', path(kind, query), body, 'application/apply-patch+yaml')
  }
  const created = await apply(kinds.kubeadm, { verbosity: 1 }, undefined)
  const uid = at(created.body, 'metadata', 'uid')
  const other = await apply(kinds.machine, { backend: { docker: {} } }, uid, '&dryRun=All')
  expect(other).toMatchObject({ code: 409 })
  expect(other.body['message']).toContain('uid mismatch')
})
