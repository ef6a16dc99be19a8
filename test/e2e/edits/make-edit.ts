import type { CustomResources } from '../../../src/dev/crds/custom-resources.ts'
import type { JsonObject } from '../../../src/json/json.ts'
import { followLog } from './controller-log.ts'
import type { Edited } from './edited.ts'
import { kinds } from './kinds.ts'
import { observe } from './observe.ts'
import type { Planned } from './plan.ts'
import { predict } from './predict.ts'
import type { Result } from './result.ts'

/** Predicts an edit, makes it, and looks at what came of it. */
export async function makeEdit(
  cluster: Edited,
  planned: Planned,
  definitions: CustomResources,
): Promise<Result> {
  const { kind, number, random } = planned
  const [objects, templates] = await Promise.all([cluster.snapshot(), cluster.templates()])
  const scene = { random, cluster, objects, templates, number }
  const made = kinds[kind]?.(scene) ?? kinds['file']?.(scene)
  if (!made) throw new Error(`there is no kind of edit ${kind}`)
  const stored = { objects: objects.map(toJson), templates: templates.map(toJson) }
  const prediction = await predict(cluster, stored, made, definitions)
  const { program } = cluster
  const logSince = await followLog(cluster.name)
  const outcome = await cluster.make(made, number)
  const log = await logSince()
  const observed = observe(objects, outcome.objects, outcome.updated)
  // What is refused would hold back all that comes later.
  if (outcome.refusal !== undefined)
    await cluster.make({ program, objects: stored.objects.filter(isOfUser) }, number + 0.5)
  return { planned, what: made.what, prediction, observed, outcome, log }
}

// The client makes dates of some texts.
const toJson = (object: object): JsonObject => JSON.parse(JSON.stringify(object))
const isOfUser = ({ kind }: { kind?: unknown }) => kind === 'Cluster' || kind === 'ClusterClass'
