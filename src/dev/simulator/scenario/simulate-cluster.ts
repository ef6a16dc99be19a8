import { Discovery } from '../../../contract/discovery.ts'
import { contracts } from '../../../contract/index.ts'
import type { ClusterClassVariable } from '../../../contract/variables.ts'
import type { JsonObject } from '../../../json/json.ts'
import { StartError } from '../../../messages/start-error.ts'
import { checkDiscovery, type Handler, registeredName } from '../../../rules/discovery.ts'
import { checkConflicts, checkVariables, hasRules } from '../../../rules/variables.ts'
import { type Clock, discoveryHandler } from '../call.ts'
import type { HookClient } from '../client.ts'
import { type BlockLimit, type Controller, createController } from '../controller.ts'
import type { Emit, SummaryEvent } from '../events.ts'
import { newCluster, timestamp } from '../objects/cluster.ts'
import { createTally } from '../tally.ts'
import { resolveVariables } from '../variable-values.ts'
import { rollOutControlPlane } from './in-place.ts'
import { reconcileTopology } from './topology.ts'
import { upgrade } from './upgrade.ts'
import { callLifecycleHook, handlersOf, type World } from './world.ts'

/** What to play, and against what. */
export interface SimulationOptions extends BlockLimit {
  /** Where the extension is, for the reader. */
  readonly url: URL
  readonly client: HookClient
  readonly emit: Emit
  readonly clock: Clock
  /** Name of the ExtensionConfig, which becomes part of the handlers' names. */
  readonly extensionConfigName: string
  /** Version in which the Cluster is created, for example `v1.34.0`. */
  readonly from: string
  /** Version to which it is upgraded. */
  readonly to: string
  /** Values for variables of the Cluster, by name. */
  readonly variables?: Readonly<Record<string, unknown>>
}

/** The simulation cannot begin or go on; the message says why, in one line. */
export class SimulationError extends StartError {
  override name = 'SimulationError'
}

/**
 * Plays the life of one Cluster as the management cluster of Cluster API v1.14 does, and gives the
 * summary, which is also the last event. Rejects with SimulationError when nobody answers.
 */
export async function simulateCluster(options: SimulationOptions): Promise<SummaryEvent> {
  const { client, clock, from, to } = options
  const tally = createTally(options.emit, clock)
  const controller = createController({ ...options, emit: tally.emit })
  const { emit } = controller
  const phase = (title: string, text: string) => emit({ event: 'phase', title, text })

  // Opens the connection too, so that no hook is charged for the TLS handshake.
  const { name, timeoutSeconds } = discoveryHandler(Discovery)
  const probe = await client.call(Discovery, name, {}, timeoutSeconds)
  if (probe.error?.rule === 'no-answer') throw new SimulationError(probe.error.detail)

  phase(
    `A simulated management cluster (Cluster API v1.14) calls ${options.url.origin}`,
    'A line is one call: time, outcome, hook, handler, duration, and the wait that it asks for.',
  )
  phase('Registration', 'An ExtensionConfig is applied: which handlers does the extension have?')
  const handlers = await discover(controller)
  const missing = contracts.filter(
    (contract) => contract !== Discovery && handlersOf({ handlers }, contract.hook).length === 0,
  )
  if (missing.length > 0) {
    const hooks = missing.map(({ hook }) => hook).join(', ')
    emit({ event: 'note', text: `not served: ${hooks}. Their calls are skipped.` })
  }
  if (handlers.length === 0) return tally.finish(handlers)

  phase('ClusterClass', 'A ClusterClass names the extension: which variables may its Clusters set?')
  nameInClusterClass(controller, handlers, options.extensionConfigName)
  const definitions = await discoverVariables(controller, handlers)
  const { variables, problems } = resolveVariables(definitions, options.variables ?? {})
  if (problems[0] !== undefined) throw new SimulationError(problems[0])

  const cluster = newCluster(from, variables)
  const nothing = { version: from, templates: [] }
  const world: World = {
    controller,
    handlers,
    cluster,
    file: 'Managed by the platform team\n',
    templates: [],
    running: { controlPlane: nothing, workers: nothing },
    plans: new Map(),
  }

  phase(`Create a Cluster of ${from}`, 'Nothing is created before BeforeClusterCreate agrees.')
  await callLifecycleHook(world, 'BeforeClusterCreate')
  await reconcileTopology(world)
  cluster.created = true
  cluster.generation += 2
  world.running.controlPlane = { version: from, templates: world.templates }
  world.running.workers = world.running.controlPlane

  phase('Control plane ready', 'Its API server answers for the first time.')
  cluster.pending.add('AfterControlPlaneInitialized')
  await reconcileTopology(world)
  await callLifecycleHook(world, 'AfterControlPlaneInitialized')
  cluster.pending.delete('AfterControlPlaneInitialized')

  phase(
    `Upgrade from ${from} to ${to}`,
    'Someone sets the version: through which steps does it go?',
  )
  await upgrade(world, to)

  phase('Update in place', 'A file of the control plane changes: can its Machine be kept?')
  world.file = 'Managed by the platform team, day and night\n'
  await reconcileTopology(world)
  await rollOutControlPlane(world)

  phase('Delete the Cluster', 'Nothing is deleted before BeforeClusterDelete agrees.')
  cluster.deletionTimestamp = timestamp()
  cluster.generation += 1
  await callLifecycleHook(world, 'BeforeClusterDelete')
  return tally.finish(handlers)
}

async function discover(controller: Controller): Promise<Handler[]> {
  const check = (answer: JsonObject) => checkDiscovery(answer).findings
  const answers = await controller.settle([discoveryHandler(Discovery)], {}, { check })
  return checkDiscovery(answers?.[0] ?? {}).handlers
}

// The fields of a ClusterClass that name a handler; all other hooks are called without being named.
const clusterClassFields: Record<string, string> = {
  DiscoverVariables: 'spec.patches[].external.discoverVariablesExtension',
  GeneratePatches: 'spec.patches[].external.generatePatchesExtension',
  ValidateTopology: 'spec.patches[].external.validateTopologyExtension',
  GenerateUpgradePlan: 'spec.upgrade.external.generateUpgradePlanExtension',
}

function nameInClusterClass(
  { emit }: Controller,
  handlers: readonly Handler[],
  extensionConfigName: string,
): void {
  for (const [hook, field] of Object.entries(clusterClassFields))
    for (const handler of handlersOf({ handlers }, hook))
      emit({ event: 'note', text: `${field}: ${registeredName(handler, extensionConfigName)}` })
}

async function discoverVariables(controller: Controller, handlers: readonly Handler[]) {
  const known: ClusterClassVariable[] = []
  for (const handler of handlersOf({ handlers }, 'DiscoverVariables')) {
    const check = (answer: JsonObject) => {
      const { variables, findings } = checkVariables(answer)
      return [...findings, ...checkConflicts(known, variables)]
    }
    const answers = await controller.settle([handler], {}, { check })
    const { variables } = checkVariables(answers?.[0] ?? {})
    const unchecked = variables.filter(hasRules).map(({ name }) => name)
    if (unchecked.length > 0) {
      const text = `not checked: x-kubernetes-validations of ${unchecked.join(', ')}. Whether a rule compiles and what it costs is known to the controllers alone; the command sandbox asks them.`
      controller.emit({ event: 'note', text })
    }
    known.push(...variables.filter(({ name }) => !known.some((other) => other.name === name)))
  }
  return known
}
