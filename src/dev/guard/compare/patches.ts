import * as v from 'valibot'
import { GeneratePatches } from '../../../contract/topology.ts'
import { compareTopologies } from '../../../rollout/compare-topologies.ts'
import { checkPatches } from '../../../rules/patches.ts'
import type { RuleId } from '../../../rules/table.ts'
import { type Effect, effectOn } from '../result.ts'
import { clusterOfRequest } from './cluster-of-request.ts'
import type { Compare } from './compare.ts'
import { decisionOf } from './decision.ts'

// The controller refuses the whole answer: core/reconcilers/topology/cluster/patches/engine.go.
const refusals: ReadonlySet<RuleId> = new Set(['patch-uid', 'patch-format', 'patch-apply'])

/** Compares the templates that two answers to GeneratePatches make. */
export const comparePatches: Compare = ({ request, before, after }, knowledge) => {
  const effect = (more: Partial<Effect>) => [
    effectOn(clusterOfRequest(request), 'GeneratePatches', more),
  ]
  const [was, is] = [decisionOf(before), decisionOf(after)]
  if (is.kind === 'fails') {
    if (was.kind !== 'fails')
      return effect({ verdict: 'decides otherwise', reason: `patched before, now ${is.text}` })
    return effect(was.text === is.text ? {} : { notes: [`${was.text} before, now ${is.text}`] })
  }
  const { items, variables } = v.parse(GeneratePatches.request, request)
  const made = checkPatches(items ?? [], after)
  const refused = made.findings.find(({ rule }) => refusals.has(rule))
  if (refused)
    return effect({ verdict: 'error', reason: `Cluster API refuses the answer: ${refused.detail}` })
  if (was.kind === 'fails')
    return effect({
      verdict: 'could not tell',
      reason: `${was.text} before, now patches`,
      needs: 'the templates that its Machines have now',
    })
  const had = checkPatches(items ?? [], before)
  return compareTopologies(had.items, made.items, variables ?? [], knowledge)
}
