import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { Hono } from 'hono'
import { expect, it } from 'vitest'
import {
  createApp,
  createExtensionMetrics,
  exposition,
  inMemoryCluster,
} from '../../../src/index.ts'
import { at, body, hooks } from '../../support/handlers.ts'
import { silent } from '../../support/silent.ts'

// In a process of its own: the log goes to standard output unless given.
const program = `
  import { createApp, defineHook } from 'capi-extension'
  import { BeforeClusterCreate } from 'capi-extension/hooks'
  const hook = defineHook(BeforeClusterCreate, async ({ api }) => {
    await api.get({ apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: 'b' })
  })
  const app = createApp({ hooks: [hook] })
  const path = '/hooks.runtime.cluster.x-k8s.io/v1alpha1/beforeclustercreate/before-cluster-create'
  const body = JSON.stringify({ cluster: { metadata: { name: 'a', namespace: 'b' }, spec: {} } })
  const response = await app.fetch(new Request('http://a' + path, { method: 'POST', body }))
  console.log(JSON.stringify({ answer: await response.text() }))`

it('an app without dependencies logs to standard output and reaches no API server', async () => {
  const args = ['--input-type=module-typescript', '--conditions=capi-extension-source']
  const child = spawn(process.execPath, [...args, '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = (await text(child.stdout)).trim().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    {
      level: 'error',
      msg: 'BeforeClusterCreate failed',
      Cluster: { name: 'a', namespace: 'b' },
      err: { message: expect.stringContaining('no API server: start with --kubeconfig') },
    },
    {
      answer: 'BeforeClusterCreate handler "before-cluster-create" failed, see its log',
    },
  ])
})

it('an app can be a part of another one, which serves its metrics', async () => {
  const metrics = createExtensionMetrics()
  const dependencies = { log: silent, cluster: inMemoryCluster(), metrics }
  const app = new Hono()
    .get('/metrics', (c) => c.text(exposition(metrics.metrics)))
    .route('/', createApp({ hooks }, dependencies))
  const call = (name: string) => app.request(at(name), { method: 'POST', body })
  expect(await (await call('fails')).json()).toMatchObject({ status: 'Failure', message: 'No' })
  expect((await call('throws')).status).toBe(500)
  const text = await (await app.request('/metrics')).text()
  for (const labels of ['handler="fails",code="200"', 'handler="throws",code="500"'])
    expect(text).toContain(labels)
})
