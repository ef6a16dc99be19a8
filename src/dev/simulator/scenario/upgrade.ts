import type { JsonObject } from '../../../json/json.ts'
import {
  type AnsweredPlan,
  findPlanMistakes,
  type UpgradeState,
} from '../../../rules/upgrade-plan.ts'
import { parseVersion } from '../../../rules/versions.ts'
import { clusterObject } from '../objects/cluster.ts'
import { rollOutWorkers } from './in-place.ts'
import { reconcileTopology } from './topology.ts'
import { callLifecycleHook, handlersOf, type World } from './world.ts'

/**
 * Someone sets another version: the Cluster goes there, one reconcile after the other, in the order
 * of computeControlPlaneVersion (exp/topology/desiredstate/desired_state.go).
 */
export async function upgrade(world: World, target: string): Promise<void> {
  const { cluster, controller } = world
  const { pending } = cluster
  const call = (hook: string, request: JsonObject) => callLifecycleHook(world, hook, request)
  const callPending = async (hook: string, request: JsonObject) => {
    if (pending.has(hook)) await call(hook, request)
    pending.delete(hook)
  }
  cluster.version = target
  cluster.generation += 1
  for (;;) {
    const plan = await planUpgrade(world)
    const steps = toSteps(plan)
    const kubernetesVersion = cluster.controlPlaneVersion
    await callPending('AfterControlPlaneUpgrade', { kubernetesVersion, ...steps })

    const [workersNext] = plan.workersUpgrades
    const workersFollow = workersNext === kubernetesVersion || kubernetesVersion === target
    if (workersNext !== undefined && workersFollow) {
      phase(world, `Workers to ${workersNext}`, 'workers')
      await callPending('BeforeWorkersUpgrade', {
        fromKubernetesVersion: cluster.workersVersion,
        toKubernetesVersion: workersNext,
        ...steps,
      })
      cluster.workersVersion = workersNext
      await reconcileTopology(world)
      await rollOutWorkers(world)
      continue
    }
    await callPending('AfterWorkersUpgrade', { kubernetesVersion, ...steps })
    const [next] = plan.controlPlaneUpgrades
    if (next === undefined) break

    const from = { fromKubernetesVersion: kubernetesVersion }
    if (!pending.has('AfterClusterUpgrade'))
      await call('BeforeClusterUpgrade', { ...from, toKubernetesVersion: target, ...steps })
    pending.add('AfterClusterUpgrade')
    phase(world, `Control plane to ${next}`, 'controlPlane')
    await call('BeforeControlPlaneUpgrade', { ...from, toKubernetesVersion: next, ...steps })
    cluster.controlPlaneVersion = next
    cluster.upgradeStep = next
    await reconcileTopology(world)
    world.running.controlPlane = { version: next, templates: world.templates }
    pending.add('AfterControlPlaneUpgrade')
    if (workersNext === next) pending.add('BeforeWorkersUpgrade').add('AfterWorkersUpgrade')
  }
  await reconcileTopology(world)
  await callPending('AfterClusterUpgrade', { kubernetesVersion: target })
  cluster.upgradeStep = undefined
  controller.emit({ event: 'note', text: `The Cluster has reached ${target}.` })
}

const phases = {
  controlPlane:
    'The control plane takes the next step of the plan. Its hooks are called for each step.',
  workers: 'The workers follow as late as the allowed version skew permits.',
}

function phase({ controller }: World, title: string, text: keyof typeof phases) {
  controller.emit({ event: 'phase', title, text: phases[text] })
}

/** The plan for what is left, from the extension or, without a handler, one version for each minor. */
async function planUpgrade(world: World): Promise<AnsweredPlan> {
  const {
    version: target,
    controlPlaneVersion: controlPlane,
    workersVersion: workers,
  } = world.cluster
  if (controlPlane === target && workers === target)
    return { controlPlaneUpgrades: [], workersUpgrades: [] }
  const key = [controlPlane, workers, target].join()
  const plan = world.plans.get(key) ?? (await askForPlan(world, { target, controlPlane, workers }))
  world.plans.set(key, plan)
  return plan
}

async function askForPlan(world: World, state: UpgradeState): Promise<AnsweredPlan> {
  const { controller, cluster } = world
  const request = {
    cluster: clusterObject(cluster),
    fromControlPlaneKubernetesVersion: state.controlPlane,
    fromWorkersKubernetesVersion: state.workers,
    toKubernetesVersion: state.target,
  }
  const plans: AnsweredPlan[] = []
  for (const handler of handlersOf(world, 'GenerateUpgradePlan')) {
    const answers = await controller.settle([handler], request, {
      check: (answer) => {
        const { finding } = findPlanMistakes(state, readPlan(answer))
        return finding === undefined ? [] : [finding]
      },
    })
    const checked = answers?.map((answer) => findPlanMistakes(state, readPlan(answer))) ?? []
    plans.push(...checked.filter(({ finding }) => finding === undefined))
  }
  return plans[0] ?? findPlanMistakes(state, stepByStep(state))
}

function readPlan(answer: JsonObject): AnsweredPlan {
  const versions = (steps: unknown) =>
    (Array.isArray(steps) ? steps : []).map((step: JsonObject) => String(step['version']))
  return {
    controlPlaneUpgrades: versions(answer['controlPlaneUpgrades']),
    workersUpgrades: versions(answer['workersUpgrades']),
  }
}

// As a ClusterClass with kubernetesVersions would have it: .0 of each minor in between.
function stepByStep({ target, controlPlane }: UpgradeState): AnsweredPlan {
  const [from, to] = [parseVersion(controlPlane), parseVersion(target)]
  const between = Math.max(0, (to?.minor ?? 0) - (from?.minor ?? 0) - 1)
  const minors = Array.from({ length: between }, (_, i) => (from?.minor ?? 0) + i + 1)
  const controlPlaneUpgrades = [...minors.map((minor) => `v${to?.major}.${minor}.0`), target]
  return {
    controlPlaneUpgrades: controlPlane === target ? [] : controlPlaneUpgrades,
    workersUpgrades: [],
  }
}

// As toUpgradeStep in lifecycle_hooks.go: an empty plan is left out.
function toSteps({ controlPlaneUpgrades, workersUpgrades }: AnsweredPlan) {
  const steps = (versions: readonly string[]) => versions.map((version) => ({ version }))
  return {
    ...(controlPlaneUpgrades.length > 0 && { controlPlaneUpgrades: steps(controlPlaneUpgrades) }),
    ...(workersUpgrades.length > 0 && { workersUpgrades: steps(workersUpgrades) }),
  }
}
