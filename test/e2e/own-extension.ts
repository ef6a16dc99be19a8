import { join } from 'node:path'
import { pino } from 'pino'
import { inject } from 'vitest'
import { createApp } from '../../src/app.ts'
import type { Hook } from '../../src/hook.ts'
import { hooks } from '../../src/hooks/index.ts'
import { memoryConfigMaps } from '../../src/responses/memory.ts'
import { createResponseStore } from '../../src/responses/store.ts'
import { layout } from '../../src/sandbox/commands.ts'
import { serveHooks } from '../../src/server.ts'

/** Serves our hooks in this process, some of them replaced by handlers of the test. */
export async function serveOwn(own: readonly Hook[]) {
  const log = pino({ level: 'silent' })
  const store = createResponseStore(memoryConfigMaps(), log)
  const replaced = new Set(own.map(({ contract }) => contract))
  const all = [...hooks.filter(({ contract }) => !replaced.has(contract)), ...own]
  const directory = join(inject('ground'), layout.certificates)
  return serveHooks(
    createApp(all, { log, store }).fetch,
    {
      host: '127.0.0.1',
      port: 0,
      certificate: join(directory, 'tls.crt'),
      key: join(directory, 'tls.key'),
      minVersion: 'TLSv1.2',
    },
    log,
  )
}
