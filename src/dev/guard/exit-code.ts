import type { GuardVerdict } from './result.ts'

/** What passes with exit code 0, each with all before it. */
export const allowances = ['nothing', 'in-place', 'provider', 'rollout', 'any'] as const

/** What passes with exit code 0. */
export type Allowance = (typeof allowances)[number]

const levels: Readonly<Record<GuardVerdict, number>> = {
  nothing: 0,
  'in place': 1,
  'provider decides': 2,
  'rolls out': 3,
  'decides otherwise': 4,
  'could not tell': 5,
  error: 5,
}

/** How much a verdict matters: from 0 for nothing. */
export const levelOf = (verdict: GuardVerdict): number => levels[verdict]

/** Whether a verdict passes. What could not be told never does. */
export const passes = (verdict: GuardVerdict, allowed: Allowance): boolean =>
  levels[verdict] <= allowances.indexOf(allowed)

/** The verdict that matters most. */
export function gravestOf(verdicts: readonly GuardVerdict[]): GuardVerdict {
  return verdicts.reduce<GuardVerdict>(
    (worst, verdict) => (levels[verdict] > levels[worst] ? verdict : worst),
    'nothing',
  )
}

/** 0 when all passes, 1 when something is not known or decided otherwise, 2 in place, 3 Machines are or may be replaced. */
export function exitCodeOf(verdicts: readonly GuardVerdict[], allowed: Allowance): 0 | 1 | 2 | 3 {
  const worst = gravestOf(verdicts.filter((verdict) => !passes(verdict, allowed)))
  if (worst === 'nothing') return 0
  if (worst === 'in place') return 2
  return worst === 'rolls out' || worst === 'provider decides' ? 3 : 1
}
