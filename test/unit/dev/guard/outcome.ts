import { type GuardOutcome, outcomeOf } from '../../../../src/dev/guard/outcome.ts'
import { effectOn, type Result } from '../../../../src/dev/guard/result.ts'

/** A result of GeneratePatches about a part of a Cluster. */
export const resultOf = (holder: string, more: Partial<Result> = {}): Result => ({
  ...effectOn('default/demo', holder),
  hook: 'GeneratePatches',
  handler: 'generate-patches',
  recordings: ['recordings/a.json'],
  ...more,
})

/** A change of a template. */
export const changeOf = (path: string, before: unknown, after: unknown) => ({
  path,
  before,
  after,
  template: 'KubeadmConfigTemplate',
})

/** What is printed about results. */
export const outcomeWith = (
  results: readonly Result[],
  allowed: GuardOutcome['allowed'] = 'nothing',
): GuardOutcome =>
  outcomeOf(
    {
      results,
      compared: 2,
      notCompared: { UpdateMachine: 1 },
      against: 'the recorded answers',
      answers: new Map(),
    },
    allowed,
    'fleet',
  )
