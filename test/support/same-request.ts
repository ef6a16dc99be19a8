import { isObject, type JsonObject, objectAt } from '../../src/json/json.ts'
import { at, withValue } from '../../src/json/path.ts'

/**
 * A request of GeneratePatches or ValidateTopology in a form that is equal for requests of one meaning: without uids, what
 * the API server sets, the random end of names that the controller generates, and the order of items.
 */
export function comparableRequest(request: JsonObject): unknown {
  const { items, variables, ...rest } = request
  const comparable = listOf(items).map(({ uid: _, ...item }) => comparableItem(item))
  return {
    ...rest,
    variables: listOf(variables).map(comparableVariable),
    items: comparable.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
  }
}

// Where two items have one holder and place, such as of two MachineDeployments, their names in the topology differ.
const keyOf = ({ holderReference, variables }: JsonObject) => {
  const builtin = listOf(variables).find(({ name }) => name === 'builtin')?.['value']
  const workers = objectAt(builtin, ['machineDeployment']) ?? objectAt(builtin, ['machinePool'])
  return JSON.stringify([
    at(holderReference, 'kind'),
    at(holderReference, 'fieldPath'),
    workers?.['topologyName'],
  ])
}

function comparableItem({ holderReference, object, variables, ...rest }: JsonObject): JsonObject {
  // The Cluster has the name that its author gave.
  const holder = isObject(holderReference) ? holderReference : {}
  return {
    ...rest,
    holderReference: holder['kind'] === 'Cluster' ? holder : withoutRandom(holder, ['name']),
    object: isObject(object) ? withoutServerFields(object) : object,
    ...(variables !== undefined && { variables: listOf(variables).map(comparableVariable) }),
  }
}

const setByServer = ['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields']

function withoutServerFields(object: JsonObject): JsonObject {
  const owners = listOf(at(object, 'metadata', 'ownerReferences')).map(
    ({ uid: _, ...owner }) => owner,
  )
  return setByServer.reduce(
    (rest, field) => withValue(rest, ['metadata', field], undefined),
    owners.length > 0 ? withValue(object, ['metadata', 'ownerReferences'], owners) : object,
  )
}

const generatedNames = [
  ['controlPlane', 'name'],
  ['controlPlane', 'machineTemplate', 'infrastructureRef', 'name'],
  ...['machineDeployment', 'machinePool'].flatMap((part) => [
    [part, 'name'],
    [part, 'bootstrap', 'configRef', 'name'],
    [part, 'infrastructureRef', 'name'],
  ]),
]

function comparableVariable(variable: JsonObject): JsonObject {
  const { name, value } = variable
  if (name !== 'builtin' || !isObject(value)) return variable
  const hasUid = at(value, 'cluster', 'uid') !== undefined
  return {
    name,
    value: generatedNames.reduce(
      withoutRandom,
      hasUid ? withValue(value, ['cluster', 'uid'], 'a uid') : value,
    ),
  }
}

function withoutRandom(object: JsonObject, path: readonly string[]): JsonObject {
  const name = at(object, ...path)
  if (typeof name !== 'string') return object
  return withValue(object, path, name.replace(/-[a-z0-9]{5}$/, '-xxxxx'))
}

function listOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}
