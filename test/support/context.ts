import type { Context } from '../../src/handler/context.ts'
import { inMemoryCluster } from '../../src/kubernetes/management-cluster.ts'
import { silent } from './silent.ts'

/** What handlers get beside a request: nothing real, but for what the test gives. */
export function contextFor(given: Partial<Context> = {}): Context {
  const { signal } = new AbortController()
  const cluster = inMemoryCluster()
  return {
    log: silent,
    signal,
    settings: {},
    api: cluster.api(signal),
    state: cluster.state(signal),
    now: () => new Date(),
    ...given,
  }
}
