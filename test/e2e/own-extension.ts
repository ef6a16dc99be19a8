import { join } from 'node:path'
import { inject } from 'vitest'
import { layout } from '../../src/dev/sandbox/layout.ts'
import { createApp } from '../../src/extension/app.ts'
import type { Hook } from '../../src/handler/hook.ts'
import { hooks } from '../../src/hooks/index.ts'
import { inMemoryCluster } from '../../src/kubernetes/management-cluster.ts'
import { serveHooks } from '../../src/server/serve-hooks.ts'
import { silent } from '../support/silent.ts'

/** Serves our hooks in this process, some of them replaced by handlers of the test. */
export async function serveOwn(own: readonly Hook[]) {
  const replaced = new Set(own.map(({ contract }) => contract))
  const all = [...hooks.filter(({ contract }) => !replaced.has(contract)), ...own]
  const directory = join(inject('sandbox'), layout.certificates)
  return serveHooks(
    createApp({ hooks: all }, { log: silent, cluster: inMemoryCluster() }).fetch,
    {
      host: '127.0.0.1',
      port: 0,
      certificate: join(directory, 'tls.crt'),
      key: join(directory, 'tls.key'),
      minVersion: 'TLSv1.2',
    },
    silent,
  )
}
