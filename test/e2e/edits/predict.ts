import { handlerPath } from '../../../src/contract/contract.ts'
import { contracts } from '../../../src/contract/index.ts'
import type { Variable } from '../../../src/contract/topology.ts'
import type { CustomResources } from '../../../src/dev/crds/custom-resources.ts'
import { createApp } from '../../../src/extension/app.ts'
import { isObject, type JsonObject } from '../../../src/json/json.ts'
import { at, withValue } from '../../../src/json/path.ts'
import { inMemoryCluster } from '../../../src/kubernetes/management-cluster.ts'
import { renderTopology } from '../../../src/render/render.ts'
import type { Rendered } from '../../../src/render/types.ts'
import { compareTopologies } from '../../../src/rollout/compare-topologies.ts'
import type { HolderVerdict } from '../../../src/rollout/verdict.ts'
import { silent } from '../../support/silent.ts'
import type { Change, Edited } from './edited.ts'
import { hooksOf, type Program } from './extension.ts'

/** What render and rollout say of a change before it is made. */
export interface Prediction {
  readonly verdicts: readonly HolderVerdict[]
  readonly before: Rendered
  readonly after: Rendered
  /** What the API server will say of the new templates, as far as their schemas tell. */
  readonly problems: readonly string[]
}

/** What is stored before a change. */
export interface Stored {
  readonly objects: readonly JsonObject[]
  /** The templates of the user in all their versions. */
  readonly templates: readonly JsonObject[]
}

/** Says what the controllers will make of a change. */
export async function predict(
  cluster: Edited,
  { objects, templates }: Stored,
  change: Change,
  { complete, check }: CustomResources,
): Promise<Prediction> {
  const stored = await Promise.all((change.objects ?? []).map(cluster.dryRun))
  const changed: JsonObject[] = JSON.parse(JSON.stringify(stored))
  const isKept = (object: JsonObject) => !changed.some((other) => idOf(object) === idOf(other))
  const { program: old } = cluster
  const { program = old } = change
  const { inPlace } = cluster.start
  const files = [...objects.filter(isOfUser), ...templates]
  const laterFiles = [...files.filter(isKept), ...changed]
  const before = await render(files, objects, old, inPlace)
  const after = await render(laterFiles, upgraded(objects, laterFiles), program, inPlace)
  const knowledge = { objects, complete, ...(inPlace && { canUpdate: callerOf(program, inPlace) }) }
  const variables = variablesOf(after)
  const verdicts = await compareTopologies(before.desired, after.desired, variables, knowledge)
  const problems = after.items.flatMap(({ object }) =>
    check(object).map(({ path, message }) => `${object['kind']} ${path}: ${message}`),
  )
  return { verdicts, before, after, problems }
}

const isOfUser = ({ kind }: JsonObject) => kind === 'Cluster' || kind === 'ClusterClass'
const idOf = ({ apiVersion, kind, metadata }: JsonObject) =>
  [apiVersion, kind, isObject(metadata) && metadata['name']].join()

function render(
  files: readonly JsonObject[],
  objects: readonly JsonObject[],
  program: Program,
  inPlace: boolean,
): Promise<Rendered> {
  const one = (kind: string) => {
    const found = files.find((object) => object['kind'] === kind)
    if (!found) throw new Error(`there is no ${kind}`)
    return found
  }
  const clusterClass = one('ClusterClass')
  const references = referencesIn(clusterClass)
  const call = callerOf(program, inPlace)
  return renderTopology({
    clusterClass,
    cluster: one('Cluster'),
    // As the controller reads them: in the version that the ClusterClass names.
    templates: files.filter((object) => references.includes(idOf(object))),
    objects,
    call: (_, hook, request) => call(hook, request),
  })
}

/** The control plane and the MachineDeployments at the version of the topology: a render is of the time that they tell. */
function upgraded(objects: readonly JsonObject[], files: readonly JsonObject[]): JsonObject[] {
  const cluster = files.find(({ kind }) => kind === 'Cluster')
  const version = at(cluster, 'spec', 'topology', 'version')
  return objects.map((object) => {
    if (object['kind'] === 'KubeadmControlPlane')
      return withValue(object, ['spec', 'version'], version)
    return object['kind'] === 'MachineDeployment'
      ? withValue(object, ['spec', 'template', 'spec', 'version'], version)
      : object
  })
}

function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn)
  if (!isObject(value)) return []
  const below = Object.values(value).flatMap(referencesIn)
  return 'apiVersion' in value && 'name' in value
    ? [...below, idOf({ ...value, metadata: { name: value['name'] } })]
    : below
}

/** Calls the extension with a program, without a server. */
function callerOf(program: Program, inPlace: boolean) {
  const hooks = hooksOf(
    inPlace,
    () => program,
    () => {},
  )
  const app = createApp({ hooks }, { log: silent, cluster: inMemoryCluster() })
  return async (hook: string, request: JsonObject): Promise<JsonObject | undefined> => {
    const contract = contracts.find((each) => each.hook === hook)
    const served = hooks.find((each) => each.contract === contract)
    if (!contract || !served) return undefined
    const body = JSON.stringify(request)
    const answer = await app.request(handlerPath(contract, served.name), { method: 'POST', body })
    const json: unknown = await answer.json()
    return isObject(json) ? json : undefined
  }
}

/** The variables of the Cluster, as the last request has them. */
function variablesOf({ patches }: Rendered): Variable[] {
  const variables: unknown = patches.findLast(({ request }) => request)?.request?.['variables']
  return Array.isArray(variables) ? variables : []
}
