import { type Advice, adviceFor } from './advice.ts'
import { type Allowance, exitCodeOf, passes } from './exit-code.ts'
import type { GuardReport } from './run-guard.ts'

/** What is printed. */
export interface GuardOutcome extends Omit<GuardReport, 'answers'> {
  readonly allowed: Allowance
  readonly exitCode: 0 | 1 | 2 | 3
  readonly advice: readonly Advice[]
  /** Files of recordings that have the new answers now. */
  readonly accepted: readonly string[]
}

/**
 * What a report means for whoever asked.
 *
 * @param accepted Files of recordings that have the new answers now: what they show passes, but for what could not be told.
 */
export function outcomeOf(
  { answers: _, ...report }: GuardReport,
  allowed: Allowance,
  extensionConfigName: string,
  accepted: readonly string[] = [],
): GuardOutcome {
  const open = report.results.filter(
    ({ verdict, recordings }) =>
      // To accept an answer does not tell what it does.
      verdict === 'could not tell' ||
      !recordings.length ||
      recordings.some((file) => !accepted.includes(file)),
  )
  const refused = open.filter(({ verdict }) => !passes(verdict, allowed))
  return {
    ...report,
    allowed,
    exitCode: exitCodeOf(
      // What was not compared cannot be told.
      report.compared === 0 ? ['could not tell'] : open.map(({ verdict }) => verdict),
      allowed,
    ),
    advice: adviceFor(refused, extensionConfigName),
    accepted,
  }
}
