import { RE2JS } from 're2js'

/** What RE2 (Go's regexp) has against a pattern, undefined when it takes it. */
export function patternProblem(pattern: string): string | undefined {
  try {
    RE2JS.compile(pattern)
    return undefined
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const short = reason.replace('error parsing regexp: ', '')
    const remedy = 'say it in another way, such as a rule of x-kubernetes-validations'
    return `Kubernetes reads patterns as RE2, which cannot read ${pattern}: ${short}; ${remedy}`
  }
}

/** Whether RE2 finds the pattern in a text. */
export function hasPattern(text: string, pattern: string): boolean {
  return RE2JS.compile(pattern).matcher(text).find()
}
