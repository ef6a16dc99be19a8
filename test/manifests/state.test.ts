import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildPrograms } from '../../src/dev/sandbox/build.ts'
import { type Api, createApi } from '../../src/kubernetes/api.ts'
import { configMapState } from '../../src/kubernetes/config-map-state.ts'
import { kubernetesApi } from '../../src/kubernetes/request.ts'
import { eventually } from '../image/command.ts'
import { startApiServer } from '../support/api-server.ts'
import { createAccount, type Rule } from './accounts.ts'
import { connect } from './api.ts'
import { installDefinitions, readDefinitions } from './definitions.ts'

const clusterApi = 'cluster.x-k8s.io/v1beta2'
// What the doc comment of State says.
const rules: Rule[] = [
  { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'create', 'patch'] },
  { apiGroups: ['cluster.x-k8s.io'], resources: ['machines'], verbs: ['get'] },
]

let server: Awaited<ReturnType<typeof startApiServer>>
let api: ReturnType<typeof connect>
let admin: Api
let kubeconfig: string
const processes: ChildProcess[] = []

beforeAll(async () => {
  const flags = ['--enable-admission-plugins=OwnerReferencesPermissionEnforcement']
  server = await startApiServer(await buildPrograms(['etcd', 'kube-apiserver']), flags)
  api = connect(server.config)
  const kinds = ['clusters.cluster.x-k8s.io', 'machines.cluster.x-k8s.io']
  const definitions = readDefinitions().filter(({ metadata }) =>
    kinds.includes(`${metadata?.name}`),
  )
  await installDefinitions(api, definitions)
  admin = createApi(kubernetesApi(readFileSync(server.kubeconfig, 'utf8')), 'admin')()
  kubeconfig = await accountFile('quota', rules)
})
afterAll(() => {
  for (const process of processes) process.kill('SIGKILL')
  return server?.stop()
})

async function accountFile(name: string, allowed: readonly Rule[]): Promise<string> {
  const path = join(server.directory, `${name}.kubeconfig`)
  writeFileSync(path, await createAccount(api, server.config, name, allowed))
  return path
}

const stateOf = (
  owner: Parameters<ReturnType<ReturnType<typeof configMapState>>>[0],
  path = kubeconfig,
) =>
  configMapState(
    createApi(kubernetesApi(readFileSync(path, 'utf8')), 'quota'),
    'quota',
  )(AbortSignal.timeout(20_000))(owner)

async function createCluster(name: string) {
  const created = await admin.create({
    apiVersion: clusterApi,
    kind: 'Cluster',
    metadata: { name, namespace: 'default', uid: '' },
    spec: { controlPlaneEndpoint: { host: 'localhost', port: 6443 } },
  })
  if (created === 'AlreadyExists') throw new Error(`there is a Cluster ${name}`)
  return created
}
const configMapOf = (name: string) =>
  admin.get({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name })

it('needs no more rights than its documentation says, for a Cluster with its uid', async () => {
  const cluster = await createCluster('rights')
  const state = stateOf(cluster)
  await eventually('the role', () => state.get('step'))
  await state.update('step', () => ({ version: 'v1.35.0' }))
  await state.update('step', () => ({ version: 'v1.36.0' }))
  expect(await state.once('sent', (idempotencyKey) => ({ idempotencyKey }))).toEqual({
    idempotencyKey: expect.any(String),
  })
  const configMap = await configMapOf('rights-quota-state')
  expect(configMap?.metadata).toMatchObject({
    labels: {
      'app.kubernetes.io/managed-by': 'quota',
      'cluster.x-k8s.io/cluster-name': 'rights',
    },
    ownerReferences: [
      { apiVersion: clusterApi, kind: 'Cluster', name: 'rights', uid: cluster.metadata.uid },
    ],
  })
  expect(configMap?.metadata.ownerReferences?.[0]).not.toHaveProperty('controller')
  expect(configMap).toMatchObject({ data: { step: '{"version":"v1.36.0"}' } })
})

it.each(['get', 'create', 'patch'])('needs to %s ConfigMaps', async (verb) => {
  const cluster = await createCluster(`no-${verb}`)
  const verbs = ['get', 'create', 'patch'].filter((other) => other !== verb)
  const path = await accountFile(`no-${verb}`, [
    { apiGroups: [''], resources: ['configmaps'], verbs },
  ])
  const update = async () => {
    for (const value of [1, 2]) await stateOf(cluster, path).update('step', () => value)
  }
  await eventually('the role', () => expect(update()).rejects.toThrow(`verbs: [${verb}]`))
})

it('would need rights on finalizers to block the deletion of the owner', async () => {
  const { metadata } = await createCluster('blocking')
  const limited = createApi(kubernetesApi(readFileSync(kubeconfig, 'utf8')), 'quota')()
  const { name, uid } = metadata
  const reference = { apiVersion: clusterApi, kind: 'Cluster', name, uid }
  const create = (ownerReference: object) =>
    limited.create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'blocking', namespace: 'default', ownerReferences: [ownerReference] },
    })
  await expect(create({ ...reference, blockOwnerDeletion: true })).rejects.toThrow('Forbidden')
  expect(await create(reference)).toHaveProperty('metadata')
})

it('asks for the uid of a Machine as UpdateMachine sends it, and names the right for that', async () => {
  const name = 'demo-md-0-abcde'
  const machine = {
    apiVersion: clusterApi,
    kind: 'Machine',
    metadata: {
      name,
      namespace: 'default',
      labels: { 'cluster.x-k8s.io/cluster-name': 'demo' },
    },
    spec: {
      clusterName: 'demo',
      bootstrap: { dataSecretName: 'demo' },
      infrastructureRef: { apiGroup: 'a.b', kind: 'InfrastructureMachine', name: 'demo' },
    },
  }
  const created = await admin.create(machine)
  expect(await stateOf(machine).update('step', () => 'drained')).toBe('drained')
  expect(await stateOf(machine).get('step')).toBe('drained')
  expect((await configMapOf(`${name}-machine-quota-state`))?.metadata).toMatchObject({
    labels: { 'cluster.x-k8s.io/cluster-name': 'demo' },
    ownerReferences: [{ kind: 'Machine', name, uid: Object(created).metadata.uid }],
  })
  const path = await accountFile('without-machines', rules.slice(0, 1))
  await eventually('the role', () =>
    expect(stateOf(machine, path).get('step')).rejects.toThrow(
      `cannot get Machine default/${name}: Forbidden, add to the role: {apiGroups: [cluster.x-k8s.io], resources: [machines], verbs: [get]}`,
    ),
  )
})

it('begins anew for a Cluster that was deleted and made again', async () => {
  const first = await createCluster('again')
  await stateOf(first).update('count', () => 7)
  await api.call('DELETE', `/apis/${clusterApi}/namespaces/default/clusters/again`)
  // Times of objects are whole seconds.
  await setTimeout(1100)
  const second = await createCluster('again')
  expect(await stateOf(second).get('count')).toBeUndefined()
  // With this admission plugin, ownerReferences are changed by those who may delete; others wait for garbage collection.
  await expect(stateOf(second).update('count', () => 1)).rejects.toThrow(
    'cannot patch ConfigMap default/again-quota-state: Forbidden',
  )
  const deleting = { apiGroups: [''], resources: ['configmaps'], verbs: ['delete'] }
  const path = await accountFile('deleting', [...rules, deleting])
  const update = () => stateOf(second, path).update<number>('count', (count = 0) => count + 1)
  expect(await eventually('the role', update)).toBe(1)
  await expect(stateOf(first).get('count')).rejects.toThrow('is not of this Cluster again')
  expect(await stateOf(second).get('count')).toBe(1)
})

/** A replica whose clock is ahead. Gives what it printed. */
function startReplica(owner: object, task: string, secondsAhead = 0) {
  const program = new URL('replica.ts', import.meta.url).pathname
  const args = [program, kubeconfig, JSON.stringify(owner), task, `${secondsAhead}`]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  processes.push(child)
  return child
}
async function outputOf(child: ReturnType<typeof startReplica>) {
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  expect(code).toBe(0)
  return output.trim().split('\n')
}

it('counts right in two processes', async () => {
  const cluster = await createCluster('count')
  await Promise.all(['count', 'count'].map((task) => outputOf(startReplica(cluster, task))))
  expect(await stateOf(cluster).get('count')).toBe(50)
})

it('runs once in two processes', async () => {
  const cluster = await createCluster('once')
  const lines = await Promise.all(
    ['once', 'once'].map((task) => outputOf(startReplica(cluster, task))),
  )
  expect(lines.flat().filter((line) => line.startsWith('ran'))).toHaveLength(1)
  const [got, other] = lines.flat().filter((line) => line.startsWith('got'))
  expect(got).toMatch(/^got result of \d+$/)
  expect(other).toBe(got)
})

it('runs again or never when a process is killed between its claim and the end', async () => {
  const cluster = await createCluster('killed')
  const killed = startReplica(cluster, 'hang')
  const [printed] = await once(killed.stdout, 'data')
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  const ran = String(printed).trim()
  expect(ran).toMatch(/^ran [0-9a-f-]{36}$/)
  expect(await outputOf(startReplica(cluster, 'skip', 60))).toEqual(['got undefined'])
  expect(await outputOf(startReplica(cluster, 'once', 60))).toEqual([
    ran,
    expect.stringMatching(/^got result of/),
  ])
  expect(await outputOf(startReplica(cluster, 'skip', 60))).toEqual([
    expect.stringMatching(/^got result of/),
  ])
})
