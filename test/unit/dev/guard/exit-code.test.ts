import { expect, it } from 'vitest'
import { exitCodeOf, gravestOf } from '../../../../src/dev/guard/exit-code.ts'
import { mergeResults } from '../../../../src/dev/guard/merge-results.ts'
import { outcomeOf } from '../../../../src/dev/guard/outcome.ts'
import type { Result } from '../../../../src/dev/guard/result.ts'
import { changeOf, outcomeWith, resultOf } from './outcome.ts'

it.each([
  [[], 'nothing', 0],
  [['nothing', 'nothing'], 'nothing', 0],
  [['in place'], 'nothing', 2],
  [['in place'], 'in-place', 0],
  [['provider decides', 'in place'], 'in-place', 3],
  [['provider decides'], 'provider', 0],
  [['in place', 'rolls out'], 'nothing', 3],
  [['rolls out', 'provider decides'], 'rollout', 0],
  [['rolls out', 'decides otherwise'], 'nothing', 1],
  [['rolls out', 'decides otherwise'], 'rollout', 1],
  [['rolls out', 'decides otherwise'], 'any', 0],
  [['could not tell'], 'any', 1],
  [['rolls out', 'error'], 'any', 1],
] as const)('%j with --allow %s ends with %i', (verdicts, allowed, code) => {
  expect(exitCodeOf(verdicts, allowed)).toBe(code)
})

it('the gravest is the one that nobody may overlook', () => {
  expect(gravestOf(['nothing', 'could not tell', 'rolls out'])).toBe('could not tell')
  expect(gravestOf([])).toBe('nothing')
})

it('equal results are one, with the largest number of Machines', () => {
  const changes = [changeOf('spec.a', 1, 2)]
  const result = resultOf('control plane', { verdict: 'rolls out', machines: 1, changes })
  const [merged, ...others] = mergeResults([
    result,
    { ...result, machines: 3, recordings: ['recordings/b.json'] },
  ])
  expect(others).toEqual([])
  expect(merged).toEqual({
    ...result,
    machines: 3,
    recordings: ['recordings/a.json', 'recordings/b.json'],
  })
  const { machines: _, ...all } = result
  expect(mergeResults([result, all])).toEqual([all])
  expect(mergeResults([result, { ...result, changes: [] }])).toHaveLength(2)
})

it('names the next handler for each that rolls out and must not', () => {
  const named = (handler: string) => resultOf('control plane', { verdict: 'rolls out', handler })
  const results = [named('generate-patches'), named('other-v2'), named('other-v2')]
  const lines = outcomeWith(results).advice.flatMap((advice) =>
    advice.lines.map(({ line }) => line),
  )
  expect(lines).toEqual([
    "generatePatchesV2, // import generatePatchesV2 from './generate-patches-v2.ts'",
    'generatePatchesExtension: generate-patches-v2.fleet',
    "otherV3, // import otherV3 from './other-v3.ts'",
    'generatePatchesExtension: other-v3.fleet',
  ])
  expect(outcomeWith(results, 'rollout').advice).toEqual([])
})

it('what was accepted passes, errors do not', () => {
  const results = [
    resultOf('control plane', { verdict: 'rolls out' }),
    resultOf('GeneratePatches', { verdict: 'error', recordings: ['recordings/b.json'] }),
  ]
  const report = { ...outcomeWith(results), answers: new Map() }
  const accepted = ['recordings/a.json']
  expect(outcomeOf(report, 'nothing', '', accepted).exitCode).toBe(1)
  expect(
    outcomeOf({ ...report, results: results.slice(0, 1) }, 'nothing', '', accepted),
  ).toMatchObject({ exitCode: 0, accepted })
})

it('is no success when nothing was compared, or what was accepted cannot be told', () => {
  const open = resultOf('control plane', { verdict: 'could not tell' })
  const report = { notCompared: {}, against: 'the recorded answers', answers: new Map() }
  const exitCodeFor = (results: readonly Result[], compared: number) =>
    outcomeOf({ ...report, results, compared }, 'any', 'fleet', ['recordings/a.json']).exitCode
  expect(exitCodeFor([], 0)).toBe(1)
  expect(exitCodeFor([], 1)).toBe(0)
  expect(exitCodeFor([open], 1)).toBe(1)
  expect(exitCodeFor([{ ...open, verdict: 'rolls out' }], 1)).toBe(0)
})
