// One replica of an extension, in a process of its own: works on the state of a Cluster, and prints a line for each step.
import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { createApi } from '../../src/kubernetes/api.ts'
import { configMapState } from '../../src/kubernetes/config-map-state.ts'
import { kubernetesApi } from '../../src/kubernetes/request.ts'

const [kubeconfig = '', owner = '', task = '', secondsAhead = '0'] = process.argv.slice(2)
const api = createApi(kubernetesApi(readFileSync(kubeconfig, 'utf8')), 'quota')
const now = () => new Date(Date.now() + Number(secondsAhead) * 1000)
const state = configMapState(api, 'quota', now)(AbortSignal.timeout(30_000))(JSON.parse(owner))
const once = (run: (idempotencyKey: string) => Promise<string>, afterCrash: 'repeat' | 'skip') =>
  state.once('sent', run, { afterCrash })
const ran = async (idempotencyKey: string, milliseconds = 1000) => {
  console.log(`ran ${idempotencyKey}`)
  await setTimeout(milliseconds)
  return `result of ${process.pid}`
}

const tasks: Record<string, () => Promise<unknown>> = {
  count: async () => {
    for (let i = 0; i < 25; i++) await state.update<number>('count', (count = 0) => count + 1)
  },
  once: async () => console.log(`got ${await once(ran, 'repeat')}`),
  skip: async () => console.log(`got ${await once(ran, 'skip')}`),
  hang: () => once((idempotencyKey) => ran(idempotencyKey, 60_000), 'repeat'),
}
await tasks[task]?.()
process.exit(0)
