import { differences } from '../json/differences.ts'
import { isObject, type JsonObject } from '../json/json.ts'
import { at } from '../json/path.ts'
import { applyPatch, copyFields, droppedPaths, listPaths } from './apply-patch.ts'
import { type Finding, finding } from './table.ts'

/** What an answer to CanUpdateMachine or CanUpdateMachineSet means. */
export interface InPlaceVerdict {
  readonly findings: Finding[]
  /** Paths that the extension cannot update: when there are any, Machines are replaced. */
  readonly leftOver: string[]
}

// The objects of the request, and the only part of them that counts: inplace_canupdatemachine.go and
// machinedeployment_canupdatemachineset.go.
const parts: Record<string, { objects: readonly string[]; path: readonly string[] }> = {
  CanUpdateMachine: {
    objects: ['machine', 'bootstrapConfig', 'infrastructureMachine'],
    path: ['spec'],
  },
  CanUpdateMachineSet: {
    objects: ['machineSet', 'bootstrapConfigTemplate', 'infrastructureMachineTemplate'],
    path: ['spec', 'template', 'spec'],
  },
}

// Of a Machine's spec these never make a difference (internal/util/inplace).
const indifferent = [
  'clusterName',
  'bootstrap',
  'infrastructureRef',
  'providerID',
  'minReadySeconds',
  'readinessGates',
  'taints',
  'deletion',
]

/** Applies the patches of an answer to `current` and compares the result with `desired`. */
export function checkCanUpdate(
  hook: string,
  request: JsonObject,
  answer: JsonObject,
): InPlaceVerdict {
  const findings: Finding[] = []
  const leftOver: string[] = []
  const { objects = [], path = [] } = parts[hook] ?? {}
  for (const name of objects) {
    const [current, desired] = [at(request, 'current', name), at(request, 'desired', name)]
    if (!isObject(current) || !isObject(desired)) continue
    const updated = update(current, answer[`${name}Patch`], path, name, findings)
    const ignore = name === 'machine' || name === 'machineSet' ? indifferent : []
    const paths = differences(
      without(at(updated, ...path), ignore),
      without(at(desired, ...path), ignore),
    )
    const where = `${current['kind']} ${path.join('.')}`
    leftOver.push(...paths.map((rest) => `${where}${rest === '' ? '' : `.${rest}`}`))
  }
  return { findings, leftOver }
}

function update(
  current: JsonObject,
  patch: unknown,
  path: readonly string[],
  name: string,
  findings: Finding[],
): JsonObject {
  if (!isObject(patch) || (!patch['patchType'] && !patch['patch'])) return current
  const applied = applyPatch(current, patch)
  if ('finding' in applied) {
    findings.push(finding(applied.finding.rule, `${name}Patch: ${applied.finding.detail}`))
    return current
  }
  const kept = copyFields(current, applied.object, [path])
  const dropped = droppedPaths(applied.object, kept)
  if (dropped.length > 0)
    findings.push(finding('patch-dropped', `${name}Patch: ${listPaths(dropped)}`))
  return kept
}

function without(value: unknown, keys: readonly string[]): unknown {
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)))
}
