import type { Variable } from '../../contract/topology.ts'
import { isObject, type JsonObject } from '../../json/json.ts'
import { at } from '../../json/path.ts'
import type { ItemOfRequest } from '../../rules/patches.ts'
import { matchesResources } from '../../topology/match-resources.ts'
import { byName, mergeVariables } from '../../topology/variable-values.ts'
import { calculateValue } from './calculate-value.ts'
import { TemplateError, UnknownToTemplates } from './go-template/errors.ts'
import { InlinePatchError, type InlineProblem } from './inline-patch-error.ts'
import { renderValue } from './render-value.ts'

/** What an inline patch of a ClusterClass makes of the templates of a request. */
export interface GeneratedPatches {
  /** As the answer of an extension to GeneratePatches: `patch` is a JSON patch in base64. */
  readonly answer: {
    readonly items: {
      readonly uid: string
      readonly patchType: 'JSONPatch'
      readonly patch: string
    }[]
  }
  /** The uids of the templates that a selector of the patch chooses. */
  readonly matched: string[]
  /** False when `enabledIf` is not true for any template that is matched. */
  readonly enabled: boolean
}

/**
 * What Cluster API makes of an inline patch
 * (core/reconcilers/topology/cluster/patches/inline/json_patch_generator.go). Throws InlinePatchError
 * with all that the controller refuses in it, and all that is not known here.
 */
export function generateInlinePatches(
  patch: JsonObject,
  items: readonly ItemOfRequest[],
  globalVariables: readonly Variable[],
): GeneratedPatches {
  const answer: GeneratedPatches['answer'] = { items: [] }
  const matched: string[] = []
  const problems: InlineProblem[] = []
  const definitions = objectsOf(patch['definitions'])
  let isEnabledOnce = false
  for (const item of items) {
    const kind = String(item.object['kind'])
    const note = (path: string, run: () => void) => {
      try {
        run()
      } catch (error) {
        problems.push(problemOf(error, path, kind))
      }
    }
    const chosen = [...definitions.entries()].filter(([, { selector }]) => matches(selector, item))
    if (chosen.length === 0) continue
    matched.push(item.uid)
    const variables = mergeVariables(globalVariables, item.variables)
    let isEnabled = false
    note('enabledIf', () => {
      isEnabled = isTrue(patch['enabledIf'], variables)
    })
    if (!isEnabled) continue
    isEnabledOnce = true
    for (const [index, definition] of chosen) {
      const operations: JsonObject[] = []
      for (const [place, operation] of objectsOf(definition['jsonPatches']).entries())
        note(`definitions[${index}].jsonPatches[${place}]`, () =>
          operations.push(makeOperation(operation, variables)),
        )
      const encoded = Buffer.from(JSON.stringify(operations)).toString('base64')
      answer.items.push({ uid: item.uid, patchType: 'JSONPatch', patch: encoded })
    }
  }
  if (problems.length > 0) throw new InlinePatchError(String(patch['name']), problems)
  return { answer, matched, enabled: isEnabledOnce || matched.length === 0 }
}

function objectsOf(list: unknown): JsonObject[] {
  return Array.isArray(list) ? list.filter(isObject) : []
}

function matches(
  selector: unknown,
  { object, holderReference, variables }: ItemOfRequest,
): boolean {
  if (at(selector, 'apiVersion') !== object['apiVersion']) return false
  if (at(selector, 'kind') !== object['kind']) return false
  const resources = at(selector, 'matchResources')
  // Only the variables of the template itself count here.
  const classOf = (kind: string) => {
    const name = at(byName(variables), 'builtin', kind, 'class')
    return typeof name === 'string' ? { class: name } : {}
  }
  const namesOf = (field: string) => {
    const names = at(resources, field, 'names')
    return Array.isArray(names) ? { [field]: { names: names.map(String) } } : {}
  }
  return matchesResources(
    {
      infrastructureCluster: at(resources, 'infrastructureCluster') === true,
      controlPlane: at(resources, 'controlPlane') === true,
      ...namesOf('machineDeploymentClass'),
      ...namesOf('machinePoolClass'),
    },
    holderReference,
    { machineDeployment: classOf('machineDeployment'), machinePool: classOf('machinePool') },
  )
}

function isTrue(enabledIf: unknown, variables: JsonObject): boolean {
  if (typeof enabledIf !== 'string' || enabledIf === '') return true
  return renderValue(enabledIf, variables) === true
}

function makeOperation(operation: JsonObject, variables: JsonObject): JsonObject {
  const { op, path } = operation
  if (op !== 'add' && op !== 'replace') return { op, path }
  return { op, path, value: calculateValue(operation, variables) }
}

function problemOf(error: unknown, path: string, kind: string): InlineProblem {
  if (!(error instanceof TemplateError || error instanceof UnknownToTemplates)) throw error
  const { place, message } = error
  return {
    path,
    kind,
    message: place === undefined ? message : `${place}: ${message}`,
    isUnknown: error instanceof UnknownToTemplates,
  }
}
