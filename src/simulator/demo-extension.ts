import { join } from 'node:path'
import { createApp } from '../app.ts'
import { hooks } from '../hooks/index.ts'
import { createLog } from '../log.ts'
import { memoryConfigMaps } from '../responses/memory.ts'
import { createResponseStore } from '../responses/store.ts'
import { serveHooks } from '../server.ts'
import { names } from './objects/cluster.ts'

/** An extension that the demo can hold and let go. */
export interface DemoExtension {
  /** https. */
  readonly url: URL
  /** Makes BeforeClusterCreate of the simulated Cluster block with this message. */
  block(message: string): Promise<void>
  /** Ends the block. */
  release(): Promise<void>
  close(): Promise<void>
}

const host = '127.0.0.1'

/** Serves this project's hooks on a free port of 127.0.0.1, with answers from memory and without a log. */
export async function startExtension(
  certificateDirectory: string,
  extensionConfigName: string,
): Promise<DemoExtension> {
  const log = createLog(0, { write: () => {} })
  const configMaps = memoryConfigMaps()
  const app = createApp(hooks, { log, store: createResponseStore(configMaps, log) })
  const webhook = {
    host,
    port: 0,
    certificate: join(certificateDirectory, 'tls.crt'),
    key: join(certificateDirectory, 'tls.key'),
    minVersion: 'TLSv1.2' as const,
  }
  const { port, close } = await serveHooks(app.fetch, webhook, log)

  const { namespace, cluster } = names
  const configMap = `${cluster}-${extensionConfigName}-test-extension-hookresponses`
  const prepare = (answer: object | null) =>
    configMaps.write(namespace, configMap, {
      'BeforeClusterCreate-preloadedResponse': answer && JSON.stringify(answer),
    })
  return {
    url: new URL(`https://${host}:${port}`),
    block: (message) => prepare({ status: 'Success', retryAfterSeconds: 2, message }),
    release: () => prepare(null),
    close,
  }
}
