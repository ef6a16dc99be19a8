import type { Address } from '../flags/config.ts'
import { type Listening, servePlain } from './listen.ts'

/** Serves /healthz, which is always ok, and /readyz, which is ok while `isReady` says so. Rejects with StartError. */
export function serveHealth(isReady: () => boolean, address: Address): Promise<Listening> {
  return servePlain(
    ({ url = '' }, response) => {
      const [path] = url.split('?')
      if (path !== '/healthz' && path !== '/readyz') {
        response.writeHead(404).end('try /healthz or /readyz')
        return
      }
      const isOk = path === '/healthz' || isReady()
      response.writeHead(isOk ? 200 : 503).end(isOk ? 'ok' : 'not ready')
    },
    address,
    '--health-addr',
  )
}
