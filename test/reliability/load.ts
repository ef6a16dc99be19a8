import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { handlerPath } from '../../src/contract/contract.ts'
import { contracts } from '../../src/contract/index.ts'
import { type Client, createClient, type Exchange } from '../../src/simulator/client.ts'
import { recordedOf } from '../recorded/recorded.ts'
import { authority, certificates, start } from './extension.ts'

/** What callers saw. */
export interface Load {
  client: 'go' | 'node'
  calls: number
  failed: number
  error?: string
}

const generatePatches = contracts.find(({ hook }) => hook === 'GeneratePatches')

/**
 * Calls GeneratePatches without a pause until it is stopped, as the controllers would: on their own
 * transport, where Go is there, else with Node's, which also keeps two idle connections and repeats nothing.
 */
export async function startLoad(port: number, callers = 4): Promise<() => Promise<Load>> {
  const [recorded] = recordedOf('GeneratePatches')
  if (!recorded || !generatePatches) throw new Error('no recorded calls')
  const goCaller = process.env['GO_CALLER']
  if (goCaller === undefined) return startNodeLoad(port, callers, recorded.request)
  const body = join(mkdtempSync(join(tmpdir(), 'load-')), 'body.json')
  writeFileSync(body, JSON.stringify(recorded.request))
  const url = `https://127.0.0.1:${port}${handlerPath(generatePatches, 'generate-patches')}`
  const ca = join(certificates, 'ca.crt')
  const child = start(goCaller, [
    `-url=${url}?timeout=10s`,
    `-data=${body}`,
    `-ca=${ca}`,
    `-callers=${callers}`,
  ])
  if (!child.stdout) throw new Error('no output')
  const output = text(child.stdout)
  return async () => {
    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    await exited
    return { client: 'go', ...JSON.parse(await output) }
  }
}

async function startNodeLoad(port: number, callers: number, request: Record<string, unknown>) {
  const client = await connectTo(port)
  const load: Load = { client: 'node', calls: 0, failed: 0 }
  let stopped = false
  const loops = Array.from({ length: callers }, async () => {
    while (!stopped) {
      const { error } = await callHook(client, 'GeneratePatches', request)
      load.calls++
      if (!error) continue
      load.failed++
      load.error = error.detail
    }
  })
  return async () => {
    stopped = true
    await Promise.all(loops)
    client.close()
    return load
  }
}

/** A client of the simulator, which calls as the controllers do. */
export async function connectTo(port: number): Promise<Client> {
  const url = new URL(`https://127.0.0.1:${port}`)
  return createClient({ url, ca: await authority(), settings: {} })
}

/** Calls the hook's own handler. */
export function callHook(
  client: Client,
  hook: string,
  request: Record<string, unknown>,
): Promise<Exchange> {
  const contract = contracts.find((candidate) => candidate.hook === hook)
  if (!contract) throw new Error(`no hook ${hook}`)
  return client.call(contract, contract.handlerName || undefined, request, 10)
}
