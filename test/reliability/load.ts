import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { handlerPath } from '../../src/contract/contract.ts'
import { contracts } from '../../src/contract/index.ts'
import { createClient, type Exchange, type HookClient } from '../../src/dev/simulator/client.ts'
import { recordedOf } from '../recorded/recorded.ts'
import { startChild } from '../support/start-extension.ts'
import { authority, certificates } from './extension.ts'

/** What callers saw. */
export interface Load {
  client: 'go' | 'node'
  calls: number
  failed: number
  error?: string
}

/** Calls to make in parallel; the recorded one of GeneratePatches, by four callers and without end, unless given. */
export interface Plan {
  hook?: string
  request?: Record<string, unknown>
  callers?: number
  calls?: number
}

/** Calls under way. */
export interface RunningLoad {
  /** Resolves when all calls are made. */
  ended: Promise<Load>
  /** Ends it before its time. */
  stop(): Promise<Load>
}

/**
 * Calls a hook without a pause, as the controllers would: on their own transport in a process of its own, where Go
 * is there, else with Node's, which also keeps two idle connections and repeats nothing.
 */
export async function startLoad(port: number, plan: Plan = {}): Promise<RunningLoad> {
  const { hook = 'GeneratePatches', callers = 4, calls = 1e9 } = plan
  const request = plan.request ?? recordedOf(hook)[0]?.request ?? {}
  const goCaller = process.env['GO_CALLER']
  const all = { hook, request, callers, calls }
  return goCaller === undefined ? startNodeLoad(port, all) : startGoLoad(goCaller, port, all)
}

async function startGoLoad(goCaller: string, port: number, plan: Required<Plan>) {
  const body = join(mkdtempSync(join(tmpdir(), 'load-')), 'body.json')
  writeFileSync(body, JSON.stringify(plan.request))
  const { handlerName } = contractOf(plan.hook)
  const url = `https://127.0.0.1:${port}${handlerPath(plan, handlerName || undefined)}`
  const ca = join(certificates, 'ca.crt')
  const child = startChild([
    goCaller,
    // The longest that a controller waits: how fast answers are is for the benchmark.
    `-url=${url}?timeout=30s`,
    `-data=${body}`,
    `-ca=${ca}`,
    `-callers=${plan.callers}`,
    `-calls=${plan.calls}`,
  ])
  if (!child.stdout) throw new Error('no output')
  const ended = text(child.stdout).then((json): Load => ({ client: 'go', ...JSON.parse(json) }))
  return {
    ended,
    stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}

async function startNodeLoad(port: number, plan: Required<Plan>): Promise<RunningLoad> {
  const client = await connectTo(port)
  const load: Load = { client: 'node', calls: 0, failed: 0 }
  let left = plan.calls
  const loops = Array.from({ length: plan.callers }, async () => {
    while (left-- > 0) {
      const { error } = await callHook(client, plan.hook, plan.request)
      load.calls++
      if (!error) continue
      load.failed++
      load.error = error.detail
    }
  })
  const ended = Promise.all(loops).then(() => {
    client.close()
    return load
  })
  return {
    ended,
    stop() {
      left = 0
      return ended
    },
  }
}

/** A client of the simulator, which calls as the controllers do. */
export async function connectTo(port: number): Promise<HookClient> {
  const url = new URL(`https://127.0.0.1:${port}`)
  return createClient({ url, ca: await authority(), settings: {} })
}

/** Calls the hook's own handler. */
export function callHook(
  client: HookClient,
  hook: string,
  request: Record<string, unknown>,
): Promise<Exchange> {
  const contract = contractOf(hook)
  return client.call(contract, contract.handlerName || undefined, request, 10)
}

function contractOf(hook: string) {
  const contract = contracts.find((candidate) => candidate.hook === hook)
  if (!contract) throw new Error(`no hook ${hook}`)
  return contract
}
