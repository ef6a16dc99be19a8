import type { HookContract } from '../../../contract/contract.ts'
import { UpdateMachine } from '../../../contract/in-place-update.ts'
import { GeneratePatches } from '../../../contract/topology.ts'
import type { Compare } from './compare.ts'
import { compareDecisions } from './decision.ts'
import { comparePatches } from './patches.ts'

const byHook: Readonly<Record<string, Compare>> = {
  [GeneratePatches.hook]: comparePatches,
}

/** How two answers of a hook are compared; undefined when what it answers depends on the time. */
export function compareOf({ hook }: HookContract): Compare | undefined {
  if (hook === UpdateMachine.hook) return undefined
  return byHook[hook] ?? ((pair) => compareDecisions(hook, pair))
}
