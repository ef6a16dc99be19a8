// Variables of a ClusterClass (reconcileVariables in core/reconcilers/clusterclass/clusterclass_controller.go).

import { apiVersion } from '../contract/contract.ts'
import { isObject, type JsonObject } from '../json/json.ts'
import { at } from '../json/path.ts'
import { answerMessage } from '../rules/answer.ts'
import type { ClusterClass, ClusterClassPatch } from './read-cluster-class.ts'
import type { RenderInput } from './types.ts'

/** One definition of a variable: `from` is `inline`, or the name of the patch that discovers it. */
export interface Definition {
  readonly name: string
  readonly from: string
  readonly schema: JsonObject
}

/**
 * The variables of a ClusterClass, those of its spec first: a patch gets only those that are `from` itself, inline patches
 * those from `inline`. An extension that is known is asked; for others the status of the ClusterClass is taken.
 */
export async function definitionsOf(
  { spec, status }: ClusterClass,
  call: RenderInput['call'],
  note: (sentence: string) => void,
): Promise<Definition[]> {
  const definitions = (spec.variables ?? []).map((variable) => definitionOf(variable, 'inline'))
  for (const patch of spec.patches ?? []) {
    const handler = patch.external?.discoverVariablesExtension
    if (!handler) continue
    const stored = (status?.variables ?? []).flatMap(({ name, definitions: all }) =>
      all
        .filter(({ from }) => from === patch.name)
        .map((own) => definitionOf({ name, ...own }, patch.name)),
    )
    const discovered = await discover(patch, handler, call)
    if (typeof discovered === 'string' && stored.length === 0)
      note(`The variables of the patch ${patch.name} are not known: ${discovered}.`)
    definitions.push(...(typeof discovered === 'string' ? stored : discovered))
  }
  return definitions
}

async function discover(
  { name, external }: ClusterClassPatch,
  handler: string,
  call: RenderInput['call'],
): Promise<Definition[] | string> {
  const request = {
    apiVersion,
    kind: 'DiscoverVariablesRequest',
    ...(external?.settings && { settings: external.settings }),
  }
  const answer = await call(handler, 'DiscoverVariables', request)
  if (!answer) return `nobody knows the extension of ${handler}`
  if (answer['status'] !== 'Success') return `${handler} answers ${answerMessage(answer)}`
  const variables = Array.isArray(answer['variables']) ? answer['variables'] : []
  return variables.filter(isObject).map((variable) => definitionOf(variable, name))
}

function definitionOf(variable: JsonObject, from: string): Definition {
  const schema = at(variable, 'schema', 'openAPIV3Schema')
  return { name: String(variable['name']), from, schema: isObject(schema) ? schema : {} }
}
