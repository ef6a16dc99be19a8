import type { HookContract } from '../../../contract/contract.ts'
import { Discovery } from '../../../contract/discovery.ts'
import {
  CanUpdateMachine,
  CanUpdateMachineSet,
  UpdateMachine,
} from '../../../contract/in-place-update.ts'
import { DiscoverVariables, GeneratePatches } from '../../../contract/topology.ts'
import { GenerateUpgradePlan } from '../../../contract/upgrade-plan.ts'
import type { Compare } from './compare.ts'
import { compareDecisions } from './decision.ts'
import { compareDiscoveries } from './discovery.ts'
import { compareCanUpdate } from './in-place.ts'
import { comparePatches } from './patches.ts'
import { comparePlans } from './plan.ts'
import { compareVariables } from './variables.ts'

const byHook: Readonly<Record<string, Compare>> = {
  [Discovery.hook]: compareDiscoveries,
  [DiscoverVariables.hook]: compareVariables,
  [GeneratePatches.hook]: comparePatches,
  [GenerateUpgradePlan.hook]: comparePlans,
  [CanUpdateMachine.hook]: compareCanUpdate(CanUpdateMachine.hook),
  [CanUpdateMachineSet.hook]: compareCanUpdate(CanUpdateMachineSet.hook),
}

/** How two answers of a hook are compared; undefined when what it answers depends on the time. */
export function compareOf({ hook }: HookContract): Compare | undefined {
  if (hook === UpdateMachine.hook) return undefined
  return byHook[hook] ?? ((pair) => compareDecisions(hook, pair))
}
