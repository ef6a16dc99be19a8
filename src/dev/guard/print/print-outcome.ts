import type { TerminalStream } from '../../terminal.ts'
import type { GuardOutcome } from '../outcome.ts'
import { summaryOf } from '../summary.ts'
import { junitOf } from './junit.ts'
import { markdownOf } from './markdown.ts'
import type { Output } from './outputs.ts'
import { textOf } from './text.ts'

/** What was found, in one of the forms. */
export function printOutcome(
  output: Output,
  outcome: GuardOutcome,
  stream: TerminalStream,
  time: Date,
): string {
  switch (output) {
    case 'text':
      return textOf(outcome, stream)
    case 'markdown':
      return markdownOf(outcome)
    case 'json':
      return `${JSON.stringify({ summary: summaryOf(outcome), ...outcome })}\n`
    case 'junit':
      return junitOf(outcome, time)
  }
}
