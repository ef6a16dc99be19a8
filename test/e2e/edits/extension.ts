import { encodePatch } from '../../../src/contract/encode-patch.ts'
import {
  CanUpdateMachine,
  CanUpdateMachineSet,
  UpdateMachine,
} from '../../../src/contract/in-place-update.ts'
import {
  DiscoverVariables,
  GeneratePatches,
  type Variable,
} from '../../../src/contract/topology.ts'
import { defineHook, type Hook } from '../../../src/handler/hook.ts'
import { canUpdateMachine, canUpdateMachineSet } from '../../../src/in-place-update/can-update.ts'
import type { Updatable } from '../../../src/in-place-update/updatable.ts'
import { diff } from '../../../src/json/diff.ts'
import { isObject, type JsonObject } from '../../../src/json/json.ts'
import { at, withValue } from '../../../src/json/path.ts'
import type { ItemOfRequest } from '../../../src/rules/patches.ts'

/** One field that the extension sets. */
export interface Setting {
  /** Kind of the templates. */
  readonly kind: string
  /** `control plane` or the name of a MachineDeployment in the topology; all unless given. */
  readonly holder?: string
  readonly path: readonly string[]
  /** `$(name)` in its texts is the value of a variable. */
  readonly value: unknown
}

/** What the extension answers for one Cluster. */
export interface Program {
  readonly settings: readonly Setting[]
  /** What it can change in place. */
  readonly updatable: Updatable
}

/** One call that tells what the controllers have seen, and have done. */
export interface Seen {
  readonly namespace: string
  /** Annotations of the Cluster, in GeneratePatches. */
  readonly annotations?: JsonObject
  /** Name of the Machine, in UpdateMachine. */
  readonly updated?: string
}

/** Variables that programs use. */
export const variables = {
  greeting: { type: 'string', default: 'hello' },
  verbosity: { type: 'string', default: '2' },
  unused: { type: 'string' },
}

/**
 * The hooks of an extension that does what the program of each namespace says.
 *
 * @param inPlace Whether it serves the hooks of updates in place.
 */
export function hooksOf(
  inPlace: boolean,
  programOf: (namespace: string) => Program,
  see: (seen: Seen) => void,
): Hook[] {
  const namespaceOf = (object: { metadata?: { namespace?: string | undefined } | undefined }) =>
    String(object.metadata?.namespace)
  const patching = [
    defineHook(DiscoverVariables, () => ({
      variables: Object.entries(variables).map(([name, openAPIV3Schema]) => ({
        name,
        required: false,
        schema: { openAPIV3Schema },
      })),
    })),
    defineHook(GeneratePatches, ({ request }) => {
      const templates = request.items ?? []
      const namespace = String(templates[0]?.holderReference.namespace)
      const { settings } = programOf(namespace)
      const items = templates.flatMap((item) => {
        const known = [...(request.variables ?? []), ...(item.variables ?? [])]
        const patched = patchedItem(item, known, settings)
        const patch = encodePatch('JSONPatch', diff(item.object, patched))
        return patch ? [{ uid: item.uid, ...patch }] : []
      })
      const annotations = at(builtinOf(request.variables), 'cluster', 'metadata', 'annotations')
      see({ namespace, annotations: isObject(annotations) ? annotations : {} })
      return { items }
    }),
  ]
  if (!inPlace) return patching
  return [
    ...patching,
    defineHook(CanUpdateMachine, (call) => {
      const { updatable } = programOf(namespaceOf(call.request.current.machine))
      return canUpdateMachine(call, updatable)
    }),
    defineHook(CanUpdateMachineSet, (call) => {
      const { updatable } = programOf(namespaceOf(call.request.current.machineSet))
      return canUpdateMachineSet(call, updatable)
    }),
    defineHook(UpdateMachine, ({ request }) => {
      const { machine } = request.desired
      see({ namespace: namespaceOf(machine), updated: String(machine.metadata?.name) })
    }),
  ]
}

function patchedItem(
  { object, holderReference, variables: own }: ItemOfRequest,
  known: readonly Variable[],
  settings: readonly Setting[],
): JsonObject {
  const deployment = at(builtinOf(own), 'machineDeployment', 'topologyName')
  const isControlPlane =
    holderReference.fieldPath === 'spec.controlPlaneRef' ||
    holderReference.kind === 'KubeadmControlPlane'
  const holder = isControlPlane ? 'control plane' : deployment
  const isOld = String(object['apiVersion']).endsWith('/v1beta1')
  return settings
    .filter(({ kind }) => kind === object['kind'])
    .filter((setting) => setting.holder === undefined || setting.holder === holder)
    .map((setting) => (isOld ? olderSetting(setting) : setting))
    .reduce((patched, { path, value }) => withValue(patched, path, filled(value, known)), object)
}

const olderNames = new Map([
  ['strategy', 'rolloutStrategy'],
  ['before', 'rolloutBefore'],
  ['remediation', 'remediationStrategy'],
  ['machineNaming', 'machineNamingStrategy'],
])

/** Arguments were a map in v1beta1, and some fields of a control plane had other names and units. */
function olderSetting(setting: Setting): Setting {
  const { path, value } = setting
  const last = path.at(-1) ?? ''
  if (last.endsWith('TimeoutSeconds'))
    return {
      ...setting,
      path: [...path.slice(0, -3), last.replace('Seconds', '')],
      value: `${value}s`,
    }
  const isArguments = last.endsWith('xtraArgs') && Array.isArray(value)
  return {
    ...setting,
    path: path.filter((key) => key !== 'rollout').map((key) => olderNames.get(key) ?? key),
    value: isArguments ? Object.fromEntries(value.map(({ name, value }) => [name, value])) : value,
  }
}

function filled(value: unknown, known: readonly Variable[]): unknown {
  if (typeof value === 'string')
    return value.replaceAll(/\$\((\w+)\)/g, (_, name) => {
      const found = known.findLast((variable) => variable.name === name)
      return found ? String(found.value) : ''
    })
  if (Array.isArray(value)) return value.map((each) => filled(each, known))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, known)]))
}

const builtinOf = (list: readonly Variable[] | null | undefined) =>
  list?.find(({ name }) => name === 'builtin')?.value
