import { checkDiscovery, type Handler } from '../../../rules/discovery.ts'
import { effectOn } from '../result.ts'
import type { Compare } from './compare.ts'

/** Compares the handlers that two answers to Discovery announce, whatever their order. */
export const compareDiscoveries: Compare = ({ before, after }) => {
  const was = checkDiscovery(before)
  const is = checkDiscovery(after)
  const [refusal] = is.findings
  if (refusal && was.findings.length === 0)
    return [
      effectOn('', 'Discovery', {
        verdict: 'error',
        reason: `Cluster API refuses all handlers: ${refusal.detail}`,
      }),
    ]
  const reasons: string[] = []
  const notes: string[] = []
  for (const handler of was.handlers) {
    const now = is.handlers.find((other) => nameOf(other) === nameOf(handler))
    if (!now) {
      reasons.push(`${nameOf(handler)} is gone: what names it does not find it`)
      continue
    }
    if (now.failurePolicy !== handler.failurePolicy)
      reasons.push(
        `failurePolicy of ${nameOf(handler)} is ${now.failurePolicy}, before ${handler.failurePolicy}`,
      )
    if (now.timeoutSeconds !== handler.timeoutSeconds)
      notes.push(
        `timeoutSeconds of ${nameOf(handler)} is ${now.timeoutSeconds}, before ${handler.timeoutSeconds}`,
      )
  }
  const known = new Set(was.handlers.map(nameOf))
  const added = is.handlers.map(nameOf).filter((name) => !known.has(name))
  notes.push(...added.map((name) => `${name} is new`))
  if (reasons.length === 0) return [effectOn('', 'Discovery', { notes })]
  return reasons.map((reason) =>
    effectOn('', 'Discovery', { verdict: 'decides otherwise', reason, notes }),
  )
}

const nameOf = ({ contract, name }: Handler) => `handler "${name}" of ${contract.hook}`
