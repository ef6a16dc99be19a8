import { randomUUID } from 'node:crypto'
import {
  checkPatches,
  checkSamePatches,
  type ItemOfRequest,
  shuffle,
} from '../../../rules/patches.ts'
import { patchesRequest } from '../objects/templates.ts'
import { handlersOf, type World } from './world.ts'

/**
 * One reconcile of the Cluster's topology: every patch of the ClusterClass on top of the one before,
 * then every validation of the result (patches/engine.go). Each handler is a patch of its own.
 */
export async function reconcileTopology(world: World): Promise<void> {
  const { controller, cluster } = world
  cluster.resourceVersion += 1
  const { variables, items } = patchesRequest(cluster, world.file)
  let templates: readonly ItemOfRequest[] = items
  for (const handler of handlersOf(world, 'GeneratePatches')) {
    const current = templates
    const shuffled = shuffle(current, randomUUID)
    const answers = await controller.settle(
      [handler],
      { variables, items: current },
      {
        check: (answer) => checkPatches(current, answer).findings,
        again: {
          request: { variables, items: shuffled },
          compare: (first, again) =>
            checkSamePatches(
              checkPatches(current, first).items,
              checkPatches(shuffled, again).items,
            ),
        },
      },
    )
    const [answer] = answers ?? []
    if (answer !== undefined) templates = checkPatches(current, answer).items
  }
  const validated = templates.map(({ uid: _, ...item }) => item)
  for (const handler of handlersOf(world, 'ValidateTopology'))
    await controller.settle([handler], { variables, items: validated })
  world.templates = templates
}
