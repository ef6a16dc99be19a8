import { once } from 'node:events'
import { handlerPath } from '../../src/contract/contract.ts'
import {
  AfterControlPlaneInitialized,
  BeforeClusterCreate,
  BeforeClusterDelete,
} from '../../src/contract/lifecycle.ts'
import { GeneratePatches } from '../../src/contract/topology.ts'
import { defineHook } from '../../src/handler/hook.ts'

export const cluster = { metadata: { name: 'demo', namespace: 'default' }, spec: {} }
/** A request that every lifecycle hook takes. */
export const body = JSON.stringify({ cluster })
/** The path of a handler below. */
export const at = (name: string) => handlerPath(BeforeClusterCreate, name)

/** What the handler "waits" was given, and when it goes on: no test waits for time to pass. */
export const waits: {
  signal?: AbortSignal
  request?: object
  until: Promise<void>
  release(): void
} = { until: Promise.resolve(), release() {} }

/** Makes the handler "waits" wait until it is released. */
export function hold(): void {
  const { promise, resolve } = Promise.withResolvers<void>()
  waits.until = promise
  waits.release = resolve
  delete waits.signal
}

/** A handler that returns this, as a JavaScript author might: past the compiler. */
export const reply = (name: string, given: unknown) =>
  defineHook(BeforeClusterCreate, () => JSON.parse(JSON.stringify(given)), { name })

/** Handlers of every kind, the good and the broken. */
export const hooks = [
  defineHook(BeforeClusterCreate, () => {}, { name: 'nothing' }),
  defineHook(BeforeClusterCreate, () => ({ status: 'Success', message: 'Fine' }), {
    name: 'message',
  }),
  defineHook(BeforeClusterCreate, async () => ({ retryAfterSeconds: 30, message: 'Waiting' }), {
    name: 'blocks',
  }),
  defineHook(BeforeClusterCreate, () => ({ status: 'Failure', message: 'No' }), { name: 'fails' }),
  defineHook(
    BeforeClusterCreate,
    () => {
      throw new Error('SECRET 10.0.0.1')
    },
    { name: 'throws' },
  ),
  defineHook(BeforeClusterCreate, async () => Promise.reject(new Error('SECRET')), {
    name: 'rejects',
  }),
  reply('wrong', { retryAfterSeconds: '5' }),
  reply('foreign-field', { items: [] }),
  defineHook(
    BeforeClusterCreate,
    async ({ signal, request }) => {
      waits.signal = signal
      waits.request = request
      await waits.until
    },
    { name: 'waits' },
  ),
  defineHook(
    BeforeClusterCreate,
    async ({ signal }) => {
      await once(signal, 'abort')
      return { status: 'Failure', message: 'The quota service does not answer' }
    },
    { name: 'gives-up' },
  ),
  defineHook(AfterControlPlaneInitialized, () => {}),
  defineHook(GeneratePatches, ({ request }) => {
    waits.request = request
    return { items: [] }
  }),
  defineHook(BeforeClusterDelete, () => {}),
]
