import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildPrograms } from '../../src/dev/sandbox/build.ts'
import { type Api, createApi } from '../../src/kubernetes/api.ts'
import { memoryApi } from '../../src/kubernetes/memory-api.ts'
import { kubernetesApi } from '../../src/kubernetes/request.ts'
import { eventually } from '../image/command.ts'
import { startApiServer } from '../support/api-server.ts'
import { createAccount, type Rule } from './accounts.ts'
import { connect } from './api.ts'

let ground: Awaited<ReturnType<typeof startApiServer>>
let server: Api

beforeAll(async () => {
  ground = await startApiServer(await buildPrograms(['etcd', 'kube-apiserver']))
  server = createApi(kubernetesApi(readFileSync(ground.kubeconfig, 'utf8')), 'quota')()
})
afterAll(() => ground?.stop())

const configMap = (name: string, data: Record<string, string> = {}, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'default', ...metadata },
  data,
})
const referenceOf = (name: string, namespace = 'default') => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  namespace,
  name,
})

describe.each([['the API server'], ['memory']])('an Api of %s', (kind) => {
  let api: Api
  let name: string
  let tests = 0
  beforeEach(() => {
    api = kind === 'memory' ? memoryApi() : server
    name = `test-${++tests}`
  })
  const versionOf = async () => (await api.get(referenceOf(name)))?.metadata.resourceVersion

  it('creates, and reads', async () => {
    expect(await api.get(referenceOf(name))).toBeUndefined()
    const created = await api.create(configMap(name, { a: '1' }))
    expect(created).toMatchObject({
      ...configMap(name, { a: '1' }),
      metadata: {
        uid: expect.any(String),
        resourceVersion: expect.any(String),
        creationTimestamp: expect.stringMatching(/^[\d-]+T[\d:]+Z$/),
      },
    })
    expect(await api.create(configMap(name))).toBe('AlreadyExists')
    expect(await api.get(referenceOf(name))).toEqual(created)
  })

  it('merges a patch', async () => {
    expect(await api.patch(referenceOf(name), { data: { a: '1' } })).toBe('NotFound')
    await api.create(configMap(name, { a: '1', b: '2' }, { finalizers: ['a.b/c', 'a.b/d'] }))
    const patch = { data: { a: null, c: '3' }, metadata: { finalizers: ['a.b/e'] } }
    const patched = await api.patch(referenceOf(name), patch)
    expect(patched).toMatchObject({ metadata: { name, finalizers: ['a.b/e'] } })
    expect(Object(patched).data).toEqual({ b: '2', c: '3' })
    const version = await versionOf()
    await api.patch(referenceOf(name), patch)
    expect(await versionOf()).toBe(version)
  })

  it('refuses a patch of an old version', async () => {
    await api.create(configMap(name, { a: '1' }))
    const patch = (a: string, resourceVersion?: string) =>
      api.patch(referenceOf(name), { metadata: { resourceVersion }, data: { a } })
    const version = await versionOf()
    expect(await patch('2', version)).toMatchObject({ data: { a: '2' } })
    expect(await patch('3', version)).toBe('Conflict')
    expect(await patch('3')).toMatchObject({ data: { a: '3' } })
  })

  it('applies: makes, changes and takes away what is its own', async () => {
    expect(await api.apply(configMap(name, { a: '1', b: '2' }))).toMatchObject({ data: { a: '1' } })
    await api.patch(referenceOf(name), { data: { c: '3' } })
    const version = await versionOf()
    await api.apply(configMap(name, { a: '1', b: '2' }))
    expect(await versionOf()).toBe(version)
    const applied = await api.apply(configMap(name, { a: '9' }))
    expect(Object(applied).data).toEqual({ a: '9', c: '3' })
    // What somebody else has changed since is not its own any more.
    await api.patch(referenceOf(name), { data: { a: '10' } })
    expect(await api.apply(configMap(name))).toMatchObject({ data: { a: '10', c: '3' } })
  })

  it('applies nothing over a field of somebody else, unless forced', async () => {
    await api.create(configMap(name, { a: '1', b: '2' }))
    expect(await api.apply(configMap(name, { a: '2' }))).toBe('Conflict')
    expect(await api.get(referenceOf(name))).toMatchObject({ data: { a: '1', b: '2' } })
    expect(await api.apply(configMap(name, { a: '1' }))).toMatchObject({ data: { a: '1' } })
    const forced = await api.apply(configMap(name, { a: '2' }), { force: true })
    expect(forced).toMatchObject({ data: { a: '2', b: '2' } })
    await api.patch(referenceOf(name), { data: { a: '3' } })
    expect(await api.apply(configMap(name, { a: '2' }))).toBe('Conflict')
  })

  it('lists by namespace and label', async () => {
    const labels = (value: string) => ({ labels: { [name]: value } })
    await api.create(configMap(`${name}-a`, {}, labels('a')))
    await api.create(configMap(`${name}-b`, {}, labels('b')))
    await api.create(configMap(`${name}-c`, {}, { ...labels('a'), namespace: 'kube-public' }))
    const list = async (labelSelector: string, namespace?: string) => {
      const selection = { apiVersion: 'v1', kind: 'ConfigMap', labelSelector }
      const found = await api.list({ ...selection, ...(namespace && { namespace }) })
      for (const one of found) expect(one).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap' })
      return found.map(({ metadata }) => metadata.name.replace(`${name}-`, '')).sort()
    }
    expect(await list(`${name}=a`)).toEqual(['a', 'c'])
    expect(await list(name, 'default')).toEqual(['a', 'b'])
    expect(await list(`${name} in (b,c)`)).toEqual(['b'])
    expect(await list(`${name} notin (a), ${name}`)).toEqual(['b'])
    expect(await list(`${name}!=a`, 'nowhere')).toEqual([])
  })
})

it('lists more than a page', async () => {
  const names = Array.from({ length: 501 }, (_, index) => `page-${index}`)
  await Promise.all(
    names.map((name) => server.create(configMap(name, {}, { labels: { many: '' } }))),
  )
  const selection = { apiVersion: 'v1', kind: 'ConfigMap', labelSelector: 'many' }
  const found = (await server.list(selection)).map(({ metadata }) => metadata.name)
  expect(found.sort()).toEqual(names.sort())
})

it('writes under the name of the extension', async () => {
  const created = await server.create(configMap('managed', { a: '1' }))
  const applied = await server.apply(configMap('managed', { b: '1' }))
  const managers = [created, applied].map((object) => Object(object).metadata.managedFields)
  expect(managers[0]).toMatchObject([{ manager: 'quota', operation: 'Update' }])
  expect(managers[1]).toMatchObject([
    { manager: 'quota', operation: 'Apply' },
    { manager: 'quota', operation: 'Update' },
  ])
})

it('says that a namespace is missing, or is going', async () => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'going' } }
  await server.create(namespace)
  await connect(ground.config).call('DELETE', '/api/v1/namespaces/going')
  await expect(server.create(configMap('a', {}, { namespace: 'going' }))).rejects.toMatchObject({
    message:
      'cannot create ConfigMap going/a: Forbidden by the API server, its words are in the log',
    status: { message: expect.stringContaining('because it is being terminated') },
  })
  await expect(server.create(configMap('a', {}, { namespace: 'gone' }))).rejects.toThrow(
    'cannot create ConfigMap gone/a: NotFound, namespaces gone',
  )
  expect(await server.get(referenceOf('a', 'gone'))).toBeUndefined()
})

it('says which field is wrong', async () => {
  await expect(server.create(configMap('a', { 'a/b': '' }))).rejects.toThrow(
    'cannot create ConfigMap default/a: Invalid, data[a/b]',
  )
})

it('names the rule that is missing: with it the call is allowed', async () => {
  const api = connect(ground.config)
  const rules: Rule[] = []
  const newAccount = async () => {
    const kubeconfig = await createAccount(api, ground.config, 'limited', rules)
    return createApi(kubernetesApi(kubeconfig), 'limited')()
  }
  let limited = await newAccount()
  const list = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default' }
  const calls: [verb: string, call: () => Promise<unknown>, what: string, missing: string][] = [
    ['get', () => limited.get(referenceOf('limited')), 'default/limited', 'get'],
    ['list', () => limited.list(list), 'in default', 'list'],
    ['apply', () => limited.apply(configMap('limited')), 'default/limited', 'patch'],
    ['apply', () => limited.apply(configMap('limited')), 'default/limited', 'create'],
    ['create', () => limited.create(configMap('limited')), 'default/limited', ''],
    ['patch', () => limited.patch(referenceOf('limited'), {}), 'default/limited', ''],
  ]
  for (const [verb, call, what, missing] of calls) {
    if (missing === '') {
      await call()
      continue
    }
    const rule = `{apiGroups: [""], resources: [configmaps], verbs: [${missing}]}`
    // The API server follows its roles a moment later.
    await eventually(missing, () =>
      expect(call()).rejects.toThrow(
        `cannot ${verb} ConfigMap ${what}: Forbidden, add to the role: ${rule}`,
      ),
    )
    rules.push({ apiGroups: [''], resources: ['configmaps'], verbs: [missing] })
    limited = await newAccount()
    if (missing !== 'patch') await eventually(missing, call)
  }
})
