import type { JsonObject } from '../../../json/json.ts'
import { listPaths } from '../../../rules/apply-patch.ts'
import { checkCanUpdate } from '../../../rules/in-place.ts'
import { finding } from '../../../rules/table.ts'
import { canUpdateMachineSetRequest } from '../objects/machine-sets.ts'
import {
  canUpdateMachineRequest,
  updateControlPlaneRequest,
  updateWorkerRequests,
} from '../objects/machines.ts'
import { handlersOf, type World } from './world.ts'

/** Brings the workers to what the topology now says: in place when the extension can, else anew. */
export async function rollOutWorkers(world: World): Promise<void> {
  const { running, templates, cluster } = world
  const desired = { version: cluster.workersVersion, templates }
  const request = canUpdateMachineSetRequest(running.workers, desired)
  const updates = updateWorkerRequests(running.workers, desired)
  await updateInPlace(world, 'CanUpdateMachineSet', request, updates)
  running.workers = desired
}

/** The same for the control plane. */
export async function rollOutControlPlane(world: World): Promise<void> {
  const { running, templates, cluster } = world
  const desired = { version: cluster.controlPlaneVersion, templates }
  const request = canUpdateMachineRequest(running.controlPlane, desired)
  await updateInPlace(world, 'CanUpdateMachine', request, [updateControlPlaneRequest(desired)])
  running.controlPlane = desired
}

async function updateInPlace(
  world: World,
  hook: 'CanUpdateMachine' | 'CanUpdateMachineSet',
  request: JsonObject,
  updates: readonly JsonObject[],
): Promise<void> {
  const { controller } = world
  const handlers = handlersOf(world, hook)
  if (handlers.length === 0) return
  const answers = await controller.settle(handlers, request, {
    check: (answer) => checkCanUpdate(hook, request, answer).findings,
  })
  const [answer] = answers ?? []
  if (answer === undefined) return
  const { leftOver } = checkCanUpdate(hook, request, answer)
  if (leftOver.length > 0) {
    const text = `New Machines replace the old ones. Not updated in place: ${listPaths(leftOver)}`
    return controller.emit({ event: 'note', text })
  }
  const updaters = handlersOf(world, 'UpdateMachine')
  if (updaters.length === 0) {
    const detail = `${hook} can update everything, and there is no handler for UpdateMachine`
    controller.emit({ event: 'finding', hook, finding: finding('handler-missing', detail) })
    return
  }
  const text = `Nothing forces a replacement. Machines updated in place: ${updates.length}`
  controller.emit({ event: 'note', text })
  await Promise.all(updates.map((update) => controller.settle(updaters, update)))
}
