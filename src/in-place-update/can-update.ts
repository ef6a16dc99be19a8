import type { Patch } from '../contract/common.ts'
import type { RequestOf } from '../contract/contract.ts'
import { encodePatch } from '../contract/encode-patch.ts'
import type { CanUpdateMachine, CanUpdateMachineSet } from '../contract/in-place-update.ts'
import type { Call } from '../handler/context.ts'
import { clone } from '../json/clone.ts'
import { diff } from '../json/diff.ts'
import { type JsonObject, objectAt } from '../json/json.ts'
import { takeOver } from './take-over.ts'

/**
 * The paths that an extension can change on a running Machine, below `spec`: those of a Machine, and
 * of each kind of bootstrap configuration and infrastructure machine that it knows. For a MachineSet the
 * same paths count below `spec.template.spec`, and for the kinds with the suffix Template.
 */
export interface Updatable {
  machine?: readonly string[]
  bootstrapConfig?: Readonly<Record<string, readonly string[]>>
  infrastructureMachine?: Readonly<Record<string, readonly string[]>>
}

/**
 * Answers CanUpdateMachine: patches that bring `current` to `desired` as far as `updatable` reaches. The
 * message, which is also logged, names what is left and forces a replacement.
 */
export function canUpdateMachine(
  { request: { current, desired }, log }: Call<RequestOf<typeof CanUpdateMachine>>,
  updatable: Updatable,
) {
  const compare = comparison(['spec'], updatable)
  const machine = compare.machine(current.machine, desired.machine)
  const bootstrapConfig = compare.bootstrapConfig(current.bootstrapConfig, desired.bootstrapConfig)
  const infrastructureMachine = compare.infrastructureMachine(
    current.infrastructureMachine,
    desired.infrastructureMachine,
  )
  const message = describeLeftovers([machine, bootstrapConfig, infrastructureMachine])
  if (message !== undefined) log.info(message)
  return {
    machinePatch: machine.patch,
    bootstrapConfigPatch: bootstrapConfig.patch,
    infrastructureMachinePatch: infrastructureMachine.patch,
    ...(message !== undefined && { message }),
  }
}

/** Answers CanUpdateMachineSet in the same way. */
export function canUpdateMachineSet(
  { request: { current, desired }, log }: Call<RequestOf<typeof CanUpdateMachineSet>>,
  updatable: Updatable,
) {
  const compare = comparison(['spec', 'template', 'spec'], updatable)
  const machineSet = compare.machine(current.machineSet, desired.machineSet)
  const bootstrapConfigTemplate = compare.bootstrapConfig(
    current.bootstrapConfigTemplate,
    desired.bootstrapConfigTemplate,
  )
  const infrastructureMachineTemplate = compare.infrastructureMachine(
    current.infrastructureMachineTemplate,
    desired.infrastructureMachineTemplate,
  )
  const message = describeLeftovers([
    machineSet,
    bootstrapConfigTemplate,
    infrastructureMachineTemplate,
  ])
  if (message !== undefined) log.info(message)
  return {
    machineSetPatch: machineSet.patch,
    bootstrapConfigTemplatePatch: bootstrapConfigTemplate.patch,
    infrastructureMachineTemplatePatch: infrastructureMachineTemplate.patch,
    ...(message !== undefined && { message }),
  }
}

// What the controllers leave out when they compare (internal/util/inplace): it never forces a replacement.
const ignoredMachineFields = new Set([
  'clusterName',
  'bootstrap',
  'infrastructureRef',
  'providerID',
  'minReadySeconds',
  'readinessGates',
  'deletion',
  'taints',
])

type Maybe = JsonObject | null | undefined
interface Comparison {
  patch: Patch | undefined
  /** `KubeadmConfig spec.format`: what differs after the patch. */
  leftovers: string[]
}

function comparison(
  root: string[],
  { machine, bootstrapConfig, infrastructureMachine }: Updatable,
) {
  const kindOf = (object: Maybe) => String(object?.['kind']).replace(/Template$/, '')
  return {
    machine: (current: JsonObject, desired: JsonObject) =>
      compare(current, desired, root, machine, ignoredMachineFields),
    bootstrapConfig: (current: Maybe, desired: Maybe) =>
      compare(current, desired, root, bootstrapConfig?.[kindOf(current)]),
    infrastructureMachine: (current: Maybe, desired: Maybe) =>
      compare(current, desired, root, infrastructureMachine?.[kindOf(current)]),
  }
}

function compare(
  current: Maybe,
  desired: Maybe,
  root: string[],
  updatable: readonly string[] = [],
  ignored: ReadonlySet<string> = new Set(),
): Comparison {
  // The controllers replace the Machine themselves when only one of the two exists.
  if (!current || !desired) return { patch: undefined, leftovers: [] }
  const patched = clone(current)
  const [reached, target] = [objectAt(patched, root), objectAt(desired, root)]
  const name = `${current['kind']} ${root.join('.')}`
  if (current['kind'] !== desired['kind'] || !reached || !target)
    return { patch: undefined, leftovers: [name] }
  for (const path of updatable) takeOver(reached, target, path.split('.'))
  const left = diff(reached, target).map(({ path }) => path.split('/').slice(1))
  return {
    patch: encodePatch('JSONPatch', diff(current, patched)),
    leftovers: left
      .filter(([field]) => !ignored.has(field ?? ''))
      .map((path) => [name, ...path].join('.')),
  }
}

function describeLeftovers(comparisons: Comparison[]): string | undefined {
  const paths = comparisons.flatMap(({ leftovers }) => leftovers)
  return paths.length > 0 ? `cannot be updated in place: ${paths.join(', ')}` : undefined
}
