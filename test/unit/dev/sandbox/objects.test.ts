import { afterEach, expect, it } from 'vitest'
import {
  conditionOf,
  oneLine,
  type Resource,
  waitForObjects,
} from '../../../../src/dev/sandbox/objects.ts'
import { apiServer, closeApiServers, connect, machine, machines } from './stand-in.ts'

afterEach(closeApiServers)
const allRun = (found: readonly Resource[]) =>
  found.length === 2 && found.every(({ status }) => status?.['phase'] === 'Running')
    ? undefined
    : `${found.length} are not all running`

it('looks again whenever objects change, until nothing is missing', async () => {
  const { client, urls, watched, send } = await apiServer(machine('one', 'Running'))
  const waiting = waitForObjects(client, machines, allRun)
  await watched(1)
  send('ADDED', machine('two', 'Pending'))
  send('ADDED', machine('three', 'Running'))
  send('MODIFIED', machine('two', 'Running'))
  send('DELETED', machine('three', 'Running'))
  expect((await waiting).map(({ metadata }) => metadata?.name)).toEqual(['one', 'two'])
  const path = '/apis/cluster.x-k8s.io/v1beta2/namespaces/default/machines'
  expect(urls).toEqual([
    `${path}?labelSelector=a%3Db`,
    `${path}?watch=true&labelSelector=a%3Db&resourceVersion=7`,
  ])
})

it('reads all again when the connection breaks off', async () => {
  const { client, items, watches, watched } = await apiServer(machine('gone', 'Running'))
  const waiting = waitForObjects(client, machines, allRun)
  await watched(1)
  items.splice(0, 1, machine('one', 'Running'), machine('two', 'Running'))
  watches[0]?.destroy()
  expect((await waiting).map(({ metadata }) => metadata?.name)).toEqual(['one', 'two'])
})

it('sees that there is nothing', async () => {
  const { client, urls } = await apiServer()
  const selection = {
    ...machines,
    kind: 'ClusterClass',
    clusterScoped: true,
    name: 'demo',
  } as const
  const none = (found: readonly Resource[]) => (found.length === 0 ? undefined : 'still there')
  expect(await waitForObjects(client, selection, none)).toEqual([])
  expect(urls[0]).toContain('/apis/cluster.x-k8s.io/v1beta2/clusterclasses?')
  expect(urls[0]).toContain('fieldSelector=metadata.name%3Ddemo')
})

it('says what was missing', async () => {
  const { client } = await apiServer()
  await expect(waitForObjects(client, machines, allRun, 0.5)).rejects.toThrow(
    '0 are not all running (waited 0.5 seconds)',
  )
})

it('takes an API server that is away for no answer', async () => {
  const none = () => undefined
  await expect(waitForObjects(connect(1), machines, none, 0.5)).rejects.toThrow(
    'the API server did not answer (waited 0.5 seconds)',
  )
})

it('reads a condition', () => {
  const conditions = [
    { type: 'Available', status: 'True', reason: 'Available', observedGeneration: 2 },
  ]
  const found = { status: { conditions } }
  expect(conditionOf(found, 'Available')).toMatchObject({ status: 'True', observedGeneration: 2 })
  expect(conditionOf(found, 'Ready')).toMatchObject({ status: 'Unknown', message: '' })
  expect(conditionOf(undefined, 'Ready')).toMatchObject({ status: 'Unknown' })
})

it('puts the list that is a message in one line', () => {
  expect(oneLine('* Version v1.34.0, v1.35.8 required\n* KubeadmConfig is not up-to-date')).toBe(
    'Version v1.34.0, v1.35.8 required; KubeadmConfig is not up-to-date',
  )
  expect(oneLine('* ControlPlaneAvailable:\n  * EtcdClusterHealthy: no\n')).toBe(
    'ControlPlaneAvailable: EtcdClusterHealthy: no',
  )
})
