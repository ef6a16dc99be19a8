import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { handlerPath } from '../../src/contract/contract.ts'
import { recordedOf } from '../recorded/recorded.ts'
import { scaled } from '../reliability/scaled.ts'
import type { Case, Figures } from './figures.ts'

const callers = [1, 10, 50]
const ofTopology = (hook: string, handler: string, size: number) => ({
  name: `${hook}, ${size} MachineDeployment${size === 1 ? '' : 's'}`,
  hook,
  handler,
  request: scaled(size),
  size,
})
const recorded = (hook: string, handler: string): Case => {
  const call = recordedOf(hook)[0]
  if (!call) throw new Error(`no recorded call of ${hook}`)
  const kilobytes = Math.round(JSON.stringify(call.request).length / 1000)
  return { name: `${hook}, ${kilobytes} kB`, hook, handler, request: call.request, callers }
}
const sizes = [1, 10, 100, 1000]

/** All calls; the answer to the last one lives in a ConfigMap of a real API server. */
export const cases: readonly Case[] = [
  ...sizes.map((size) => ({
    ...ofTopology('GeneratePatches', 'generate-patches', size),
    callers,
  })),
  recorded('ValidateTopology', 'validate-topology'),
  ...sizes.map((size) => ({
    ...ofTopology('ValidateTopology', 'validate-topology', size),
    callers: [10],
  })),
  { name: 'Discovery', hook: 'Discovery', request: {}, callers },
  recorded('BeforeClusterCreate', 'before-cluster-create'),
]

/** How to call. */
export interface Plan {
  callers: number
  seconds: number
  http1: boolean
}

/** Gives a function that calls a port for a while with the controllers' own transport. Throws unless all succeed. */
export function createMeasure(caller: string, directory: string) {
  const body = join(directory, 'body.json')
  return async (
    { name, hook, handler, request }: Case,
    port: number,
    { callers, seconds, http1 }: Plan,
  ): Promise<Figures> => {
    writeFileSync(body, JSON.stringify(request))
    const { stdout } = await promisify(execFile)(caller, [
      `-url=https://127.0.0.1:${port}${handlerPath({ hook }, handler)}?timeout=30s`,
      `-data=${body}`,
      `-ca=${join(directory, 'ca.crt')}`,
      `-callers=${callers}`,
      `-duration=${seconds}s`,
      `-http1=${http1}`,
      '-expect="status":"Success"',
    ])
    const figures: Figures = JSON.parse(stdout)
    if (figures.failed > 0) throw new Error(`${name}: ${figures.failed} calls: ${figures.error}`)
    return figures
  }
}
