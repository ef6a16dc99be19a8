// The process that serves this project's hooks for the demo, on a free port of 127.0.0.1, with answers from memory.
// It tells its parent the port; a message from there prepares the answer to BeforeClusterCreate.
import { join } from 'node:path'
import process from 'node:process'
import { createApp } from '../../extension/app.ts'
import { hooks } from '../../hooks/index.ts'
import { createLog, logStream } from '../../observability/log.ts'
import { memoryConfigMaps } from '../../sample/memory-config-maps.ts'
import { createResponseStore } from '../../sample/response-store.ts'
import { serveHooks } from '../../server/server.ts'
import { names } from './objects/cluster.ts'

const [certificateDirectory = '', extensionConfigName = ''] = process.argv.slice(2)
const log = createLog(0, await logStream(true))
const configMaps = memoryConfigMaps()
const app = createApp(hooks, { log, store: createResponseStore(configMaps, log) })
const webhook = {
  host: '127.0.0.1',
  port: 0,
  certificate: join(certificateDirectory, 'tls.crt'),
  key: join(certificateDirectory, 'tls.key'),
  minVersion: 'TLSv1.2' as const,
}
const { port } = await serveHooks(app.fetch, webhook, log)

const configMap = `${names.cluster}-${extensionConfigName}-test-extension-hookresponses`
process.on('message', async (answer: object) => {
  const data = { 'BeforeClusterCreate-preloadedResponse': JSON.stringify(answer) }
  await configMaps.write(names.namespace, configMap, data)
  process.send?.('prepared')
})
process.on('disconnect', () => process.exit())
process.send?.({ port })
