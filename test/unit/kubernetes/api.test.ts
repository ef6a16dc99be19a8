import { expect, it } from 'vitest'
import { createApi, missingApi } from '../../../src/kubernetes/api.ts'
import { ApiError, type KubernetesApi } from '../../../src/kubernetes/request.ts'

// A stand-in, so that answers can be chosen and requests be counted; test/manifests has the real API server.
type Answer = object | ApiError
const configMaps = { resources: [{ name: 'configmaps', kind: 'ConfigMap', namespaced: true }] }
const clusterApi = {
  resources: [
    { name: 'clusters', kind: 'Cluster', namespaced: true },
    { name: 'clusters/status', kind: 'Cluster', namespaced: true },
  ],
}
const rbac = { resources: [{ name: 'clusterroles', kind: 'ClusterRole', namespaced: false }] }

function stub(answers: Record<string, Answer | Answer[]>) {
  const asked: string[] = []
  const all: Record<string, Answer | Answer[]> = {
    'GET /api/v1': configMaps,
    'GET /apis/cluster.x-k8s.io/v1beta2': clusterApi,
    'GET /apis/rbac.authorization.k8s.io/v1': rbac,
    ...answers,
  }
  const request: KubernetesApi = async (method, path) => {
    const question = `${method} ${path}`
    asked.push(question)
    const given = all[question] ?? new ApiError(404)
    const answer = Array.isArray(given) ? (given.shift() ?? {}) : given
    if (answer instanceof Error) throw answer
    return { ...answer }
  }
  return { asked, api: createApi(request, 'quota'), request }
}

const refusal = (code: number, reason: string, rest: object = {}) =>
  new ApiError(code, { status: { reason, ...rest } })
const cluster = {
  apiVersion: 'cluster.x-k8s.io/v1beta2',
  kind: 'Cluster',
  namespace: 'default',
  name: 'demo',
}
const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'a:b' }
const path = '/apis/cluster.x-k8s.io/v1beta2/namespaces/default/clusters'

it('asks once which kinds there are, for all calls', async () => {
  const { api, asked } = stub({ [`GET ${path}/demo`]: cluster })
  expect(await api(AbortSignal.timeout(1000)).get(cluster)).toEqual(cluster)
  await api().get(cluster)
  await api()
    .get(role)
    .catch(() => {})
  expect(asked).toEqual([
    'GET /apis/cluster.x-k8s.io/v1beta2',
    `GET ${path}/demo`,
    `GET ${path}/demo`,
    'GET /apis/rbac.authorization.k8s.io/v1',
    'GET /apis/rbac.authorization.k8s.io/v1/clusterroles/a:b',
  ])
})

it('asks again when there was no such kind, and when its path has gone', async () => {
  const { api, asked } = stub({
    'GET /apis/cluster.x-k8s.io/v1beta2': [{ resources: [] }, clusterApi],
    [`GET ${path}/demo`]: [cluster, new ApiError(404), cluster],
  })
  await expect(api().get(cluster)).rejects.toThrow(
    'cannot get Cluster default/demo: the API server has no kind Cluster in cluster.x-k8s.io/v1beta2: install its CustomResourceDefinition or use a version that it has',
  )
  expect(await api().get(cluster)).toEqual(cluster)
  await expect(api().get(cluster)).rejects.toThrow('the API server answered 404')
  await api()
    .get(cluster)
    .catch(() => {})
  expect(asked.filter((question) => question.endsWith('v1beta2'))).toHaveLength(3)
})

it('reads all pages, and says of each object what it is', async () => {
  const list = 'GET /api/v1/configmaps?limit=500&labelSelector=a%3Db%2Cc'
  const item = (name: string) => ({ metadata: { name } })
  const { api } = stub({
    [list]: { items: [item('a'), item('b')], metadata: { continue: 'x+y' } },
    [`${list}&continue=x%2By`]: { items: [item('c')], metadata: {} },
  })
  const found = await api().list({ apiVersion: 'v1', kind: 'ConfigMap', labelSelector: 'a=b,c' })
  const typed = { apiVersion: 'v1', kind: 'ConfigMap' }
  expect(found).toEqual(['a', 'b', 'c'].map((name) => ({ ...typed, ...item(name) })))
})

it.each<[object, string]>([
  [{ name: '../secrets' }, 'cannot get Cluster default/../secrets: "../secrets" is no name'],
  [{ name: '..' }, '".." is no name'],
  [{ name: '' }, '"" is no name'],
  [{ name: 'a/b' }, '"a/b" is no name'],
  [{ name: 'a%2Fb' }, '"a%2Fb" is no name'],
  [{ name: 'a?b=c' }, '"a?b=c" is no name'],
  [{ name: 'a'.repeat(254) }, 'is no name'],
  [{ namespace: '..' }, '".." is no namespace'],
  [{ namespace: '' }, '"" is no namespace'],
  [{ namespace: JSON.parse('null') }, 'null is no namespace'],
  [{ name: JSON.parse('null') }, 'null is no name'],
  [{ namespace: 'a.b' }, '"a.b" is no namespace'],
  [{ apiVersion: '../v1' }, '"../v1" is no apiVersion'],
  [{ apiVersion: 'a/../v1' }, '"a/../v1" is no apiVersion'],
])('asks nothing for %j', async (change, message) => {
  const { api, asked } = stub({})
  const reference = { ...cluster, ...change }
  await expect(api().get(reference)).rejects.toThrow(message)
  await expect(api().patch(reference, {})).rejects.toThrow('cannot patch')
  const { namespace, name, ...kind } = reference
  await expect(api().create({ ...kind, metadata: { namespace, name } })).rejects.toThrow(
    'cannot create',
  )
  expect(asked).toEqual([])
})

it('does not take an object without a namespace for all, nor one with a namespace for one without', async () => {
  const { api } = stub({})
  const { namespace: _, ...nowhere } = cluster
  await expect(api().get(nowhere)).rejects.toThrow('a Cluster is in a namespace: name it')
  await expect(api().create({ ...nowhere, metadata: { name: 'demo' } })).rejects.toThrow('name it')
  await expect(api().get({ ...role, namespace: 'default' })).rejects.toThrow(
    'a ClusterRole is in no namespace: leave the namespace out',
  )
})

it.each<[string, ApiError | Error, string]>([
  [
    'the missing rule',
    refusal(403, 'Forbidden', {
      message:
        'clusters.cluster.x-k8s.io "demo" is forbidden: User "system:serviceaccount:a:b" cannot get resource "clusters" in API group "cluster.x-k8s.io" in the namespace "default"',
    }),
    'Forbidden, add to the role: {apiGroups: [cluster.x-k8s.io], resources: [clusters], verbs: [get]}',
  ],
  [
    'another prohibition',
    refusal(403, 'Forbidden', { message: 'admission webhook "a" denied the request: secret' }),
    'Forbidden by the API server, its words are in the log',
  ],
  [
    'the fields that are wrong',
    refusal(422, 'Invalid', { details: { causes: [{ field: 'spec.a' }, { field: 'spec.b' }] } }),
    'Invalid, spec.a, spec.b',
  ],
  ['the reason', refusal(429, 'TooManyRequests'), 'TooManyRequests'],
  ['the code without a reason', new ApiError(502), 'the API server answered 502'],
  ['silence', new Error('ECONNREFUSED'), 'no answer from the API server'],
])('says %s', async (_, error, why) => {
  const { api } = stub({ [`GET ${path}/demo`]: error })
  const rejected = await api()
    .get(cluster)
    .catch((reason: unknown) => reason)
  expect(rejected).toBeInstanceOf(ApiError)
  expect(rejected).toMatchObject({ message: `cannot get Cluster default/demo: ${why}` })
})

it('names a role for all namespaces where all are asked for, and the group of Kubernetes itself', async () => {
  const message = 'User "a" cannot list resource "configmaps" in API group "" at the cluster scope'
  const { api } = stub({
    'GET /api/v1/configmaps?limit=500': refusal(403, 'Forbidden', { message }),
  })
  await expect(api().list({ apiVersion: 'v1', kind: 'ConfigMap' })).rejects.toThrow(
    'cannot list ConfigMap: Forbidden, add to the ClusterRole, bound in all namespaces: {apiGroups: [""], resources: [configmaps], verbs: [list]}',
  )
})

it('rejects with the reason of the signal', async () => {
  const { request } = stub({})
  const controller = new AbortController()
  const reason = new Error('the controller has gone')
  const api = createApi((...args) => {
    controller.abort(reason)
    return request(...args)
  }, 'quota')
  await expect(api(controller.signal).get(cluster)).rejects.toBe(reason)
  await expect(api(controller.signal).create({ ...cluster, metadata: cluster })).rejects.toBe(
    reason,
  )
})

it('says what to do without an API server', async () => {
  const message = 'no API server: start with --kubeconfig and a file, or in a cluster'
  await expect(missingApi().get(cluster)).rejects.toThrow(message)
  await expect(missingApi().list(cluster)).rejects.toThrow(ApiError)
})
