import type { JsonObject } from '../../../json/json.ts'
import type { Handler } from '../../../rules/discovery.ts'
import type { ItemOfRequest } from '../../../rules/patches.ts'
import type { AnsweredPlan } from '../../../rules/upgrade-plan.ts'
import type { Controller } from '../controller.ts'
import { type ClusterState, clusterObject } from '../objects/cluster.ts'
import type { Rollout } from '../objects/rollout.ts'

/** The management cluster while a scenario is played. */
export interface World {
  readonly controller: Controller
  readonly handlers: readonly Handler[]
  readonly cluster: ClusterState
  /** Content of the file that the ClusterClass puts on control plane Machines. */
  file: string
  /** The templates of the Cluster after the patches of the last reconcile. */
  templates: readonly ItemOfRequest[]
  /** What the Machines that run are made of. */
  readonly running: { controlPlane: Rollout; workers: Rollout }
  /** Upgrade plans by the versions that they are for; the controller keeps them for 10 minutes. */
  readonly plans: Map<string, AnsweredPlan>
}

/** The handlers of a hook. */
export function handlersOf({ handlers }: Pick<World, 'handlers'>, hook: string): Handler[] {
  return handlers.filter(({ contract }) => contract.hook === hook)
}

/** Calls all handlers of a lifecycle hook about the Cluster until none blocks, if there are any. */
export async function callLifecycleHook(
  world: World,
  hook: string,
  request: JsonObject = {},
): Promise<void> {
  const handlers = handlersOf(world, hook)
  if (handlers.length === 0) return
  await world.controller.settle(handlers, { cluster: clusterObject(world.cluster), ...request })
}
