import type { ClusterClassVariable } from '../../../contract/variables.ts'
import { differences } from '../../../json/differences.ts'
import { checkSchemaValue } from '../../../rules/schema-value.ts'
import { checkVariables, rulesOf } from '../../../rules/variables.ts'
import { type Effect, effectOn } from '../result.ts'
import { type ClusterVariables, clusterVariables } from './cluster-variables.ts'
import type { Compare } from './compare.ts'
import { compareDecisions, decisionOf } from './decision.ts'

const hook = 'DiscoverVariables'

/** Compares the variables that two answers declare, and tries the values of all recorded Clusters with the new ones. */
export const compareVariables: Compare = (pair, _, recordings) => {
  const { before, after } = pair
  if ([before, after].some((answer) => decisionOf(answer).kind !== 'goes on'))
    return compareDecisions(hook, pair)
  const [was, is] = [checkVariables(before), checkVariables(after)]
  const [mistake] = is.findings
  if (mistake && was.findings.length === 0)
    return [
      effectOn('', hook, { verdict: 'error', reason: `Cluster API refuses it: ${mistake.detail}` }),
    ]
  const clusters = clusterVariables(recordings)
  const effects = was.variables.flatMap((variable) => {
    const now = is.variables.find(({ name }) => name === variable.name)
    return now ? compareVariable(variable, now, clusters) : [gone(variable, clusters)]
  })
  const known = new Set(was.variables.map(({ name }) => name))
  const added = is.variables.filter(({ name }) => !known.has(name))
  effects.push(
    ...added.flatMap((variable) => [
      hasDefault(variable)
        ? newDefault(variable)
        : effectOn('', hook, { notes: [`variable "${variable.name}" is new`] }),
      ...missing(undefined, variable, clusters),
    ]),
  )
  return effects.length > 0 ? effects : [effectOn('', hook)]
}

function gone({ name }: ClusterClassVariable, clusters: readonly ClusterVariables[]): Effect {
  const users = new Set(
    clusters.filter(({ values }) => values.has(name)).map(({ cluster }) => cluster),
  )
  const set = users.size === 0 ? 'no recorded Cluster sets it' : `${[...users].join(', ')} set it`
  const reason = `variable "${name}" is gone: ${set}`
  return effectOn('', hook, { verdict: 'decides otherwise', reason })
}

function compareVariable(
  before: ClusterClassVariable,
  after: ClusterClassVariable,
  clusters: readonly ClusterVariables[],
): Effect[] {
  const paths = differences(before, after)
  if (paths.length === 0) return []
  const { name } = before
  const [old, now] = [before.schema.openAPIV3Schema, after.schema.openAPIV3Schema]
  const refused = clusters.flatMap(({ cluster, values }) =>
    (values.get(name) ?? []).flatMap((value) => {
      const [problem] = checkSchemaValue(now, value, name)
      if (problem === undefined || checkSchemaValue(old, value).length > 0) return []
      const reason = `variable "${name}" refuses what the Cluster sets: ${problem}`
      return [effectOn(cluster, hook, { verdict: 'decides otherwise', reason })]
    }),
  )
  const stopped = [...refused, ...missing(before, after, clusters)]
  if (stopped.length > 0) return unique(stopped)
  // CEL is not evaluated here.
  if (differences(rulesOf(before), rulesOf(after)).length > 0)
    return [
      effectOn('', hook, {
        verdict: 'could not tell',
        reason: `the rules (x-kubernetes-validations) of variable "${name}" are others`,
        needs: 'an API server, which evaluates them: capi-extension sandbox',
      }),
    ]
  if (paths.some((path) => /(^|\.)default($|[.[])/.test(path))) return [newDefault(after)]
  const notes = [`variable "${name}" differs in ${paths.join(', ')}: the recorded Clusters fit`]
  return [effectOn('', hook, { notes })]
}

const hasDefault = ({ schema }: ClusterClassVariable) =>
  JSON.stringify(schema.openAPIV3Schema).includes('"default":')

// The controller sets defaults at each reconcile (core/reconcilers/topology/cluster/cluster_controller.go).
const newDefault = ({ name }: ClusterClassVariable): Effect =>
  effectOn('', hook, {
    verdict: 'could not tell',
    reason: `Cluster API sets a new default of variable "${name}" in each request, and recorded requests are without it`,
    needs: 'recordings that are made anew: "capi-extension render … --save"',
  })

/** Clusters that do not set a variable which is required now. */
function missing(
  before: ClusterClassVariable | undefined,
  { name, required, schema }: ClusterClassVariable,
  clusters: readonly ClusterVariables[],
): Effect[] {
  if (!required || before?.required || schema.openAPIV3Schema.default !== undefined) return []
  const without = clusters.filter(({ own }) => !own.has(name))
  const reason = `variable "${name}" is required now, and the Cluster does not set it`
  return unique(
    without.map(({ cluster }) => effectOn(cluster, hook, { verdict: 'decides otherwise', reason })),
  )
}

function unique(effects: readonly Effect[]): Effect[] {
  return [
    ...new Map(effects.map((effect) => [`${effect.cluster} ${effect.reason}`, effect])).values(),
  ]
}
