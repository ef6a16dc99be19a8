// Variables of a ClusterClass (reconcileVariables in core/reconcilers/clusterclass/clusterclass_controller.go).
import { equal } from '../json/diff.ts'
import { isObject, type JsonObject } from '../json/json.ts'
import { at } from '../json/path.ts'
import { answerMessage } from '../rules/answer.ts'
import type { ClusterClass } from './read-cluster-class.ts'
import { requestOf } from './requests.ts'
import type { Note, RenderInput } from './types.ts'

/** One definition of a variable: `from` is `inline`, or the name of the patch that discovers it. */
export interface Definition {
  readonly name: string
  readonly from: string
  readonly required: boolean
  readonly schema: JsonObject
}

/**
 * The variables of a ClusterClass, first those of its spec. An extension that is known is asked; for others the status of the
 * ClusterClass is taken. `isComplete` is false when the variables of some patch are not known.
 */
export async function definitionsOf(
  { spec, status }: ClusterClass,
  call: RenderInput['call'],
  note: Note,
): Promise<{ definitions: Definition[]; isComplete: boolean }> {
  const definitions = (spec.variables ?? []).map((variable) => definitionOf(variable, 'inline'))
  let isComplete = true
  for (const patch of spec.patches ?? []) {
    const handler = patch.external?.discoverVariablesExtension
    if (!handler) continue
    const stored = (status?.variables ?? []).flatMap(({ name, definitions: all }) =>
      all
        .filter(({ from }) => from === patch.name)
        .map((own) => definitionOf({ name, ...own }, patch.name)),
    )
    const answer = await call(handler, 'DiscoverVariables', requestOf('DiscoverVariables', patch))
    const discovered = answer && variablesIn(answer, patch.name)
    definitions.push(...(discovered ?? stored))
    const sentence = describe(patch.name, handler, answer, stored, discovered)
    if (sentence) note(sentence)
    if (!discovered && stored.length === 0) isComplete = false
  }
  return { definitions, isComplete }
}

function variablesIn(answer: JsonObject, patch: string): Definition[] | undefined {
  if (answer['status'] !== 'Success') return undefined
  const variables = Array.isArray(answer['variables']) ? answer['variables'] : []
  return variables.filter(isObject).map((variable) => definitionOf(variable, patch))
}

function describe(
  patch: string,
  handler: string,
  answer: JsonObject | undefined,
  stored: readonly Definition[],
  discovered: readonly Definition[] | undefined,
): string | undefined {
  const taken =
    stored.length > 0
      ? 'those of the status of the ClusterClass are taken'
      : 'none of them reaches the patch'
  if (!answer)
    return stored.length > 0
      ? undefined
      : `The variables of the patch ${patch} are not known, since the extension of ${handler} is not known here: ${taken}.`
  if (!discovered)
    return `The variables of the patch ${patch} are not known, since ${handler} fails with "${answerMessage(answer)}": ${taken}.`
  const sorted = (list: readonly Definition[]) =>
    list.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return stored.length > 0 && !equal(sorted(stored), sorted(discovered))
    ? `The status of the ClusterClass holds other variables of the patch ${patch} than ${handler} discovers now: the new ones are taken.`
    : undefined
}

function definitionOf(variable: JsonObject, from: string): Definition {
  const schema = at(variable, 'schema', 'openAPIV3Schema')
  return {
    name: String(variable['name']),
    from,
    required: variable['required'] === true,
    schema: isObject(schema) ? schema : {},
  }
}
