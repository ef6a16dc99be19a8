import type { Answer } from '../handler/answer.ts'
import { type Finding, rules } from '../rules/table.ts'

/** Throws Error for an answer that is a Failure, or that breaks a rule of the controllers. */
export function throwFindings({ status, message }: Answer, findings: readonly Finding[]): void {
  if (status !== 'Success') throw new Error(`the answer is a ${status}: ${message}`)
  throwBreaks(findings)
}

/** Throws Error for the first rule that is broken; a warning is none. */
export function throwBreaks(findings: readonly Finding[]): void {
  const found = findings.find(({ level }) => level === 'break')
  if (found) throw new Error(`${found.detail}. ${rules[found.rule].rule}`)
}
