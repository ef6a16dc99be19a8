import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import beforeClusterCreate from '../../../src/hooks/before-cluster-create.ts'
import { kubernetesConfigMaps } from '../../../src/sample/kubernetes-config-maps.ts'
import { createResponseStore } from '../../../src/sample/response-store.ts'
import { silent } from '../../recorded/recorded.ts'
import { at, cluster } from '../handlers.ts'
import { failure, serve } from '../serve.ts'
import { kubeconfig } from './kubeconfig.ts'

it('of a call ends what the store asks, which then says what was missing', async () => {
  // An API server that takes requests and never answers.
  const server = createServer(() => {}).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const configMaps = kubernetesConfigMaps(kubeconfig(`http://127.0.0.1:${port}`))
  const served = await serve([beforeClusterCreate], {
    store: createResponseStore(configMaps, silent),
  })
  const body = JSON.stringify({ cluster, settings: { extensionConfigName: 'test' } })
  const [[message], reply] = await Promise.all([
    once(server, 'request'),
    served.call(`${at('before-cluster-create')}?timeout=1s`, body),
  ])
  expect(reply).toMatchObject({
    status: 200,
    body: failure(
      'failed to read the ConfigMap default/demo-test-test-extension-hookresponses: no answer from the API server',
    ),
  })
  if (!message.socket.destroyed) await once(message.socket, 'close')
  await served.close()
  server.close()
})
