import { describe, expect, it } from 'vitest'
import { checkUpgradePlan } from '../../../src/upgrade-plan/check-upgrade-plan.ts'
import { planUpgrade } from '../../../src/upgrade-plan/plan-upgrade.ts'

type Case = [from: string, workersFrom: string, to: string, plan: string[], workers: string[]]

const check = ([from, workersFrom, to, controlPlane, workers]: Case) =>
  checkUpgradePlan(
    {
      fromControlPlaneKubernetesVersion: from,
      fromWorkersKubernetesVersion: workersFrom,
      toKubernetesVersion: to,
    },
    { controlPlane, workers },
  )

// The cases of Cluster API's own tests (TestComputeUpgradePlan in exp/topology/desiredstate).
const good: Case[] = [
  ['v1.33.1', 'v1.33.1', 'v1.33.1', [], []],
  ['v1.30.0', '', 'v1.33.1', ['v1.31.1', 'v1.32.0', 'v1.33.1'], []],
  ['v1.30.0', 'v1.30.0', 'v1.33.1', ['v1.31.1', 'v1.32.0', 'v1.33.1'], []],
  ['v1.33.1', 'v1.30.0', 'v1.33.1', [], ['v1.33.1']],
  ['v1.30.0', 'v1.30.0', 'v1.33.1', ['v1.31.1', 'v1.32.0', 'v1.33.1'], ['v1.32.0', 'v1.33.1']],
  ['v1.31.1', 'v1.30.0', 'v1.33.1', ['v1.32.0', 'v1.33.1'], ['v1.31.1', 'v1.33.1']],
  ['v1.30.0+foo.1', '', 'v1.30.0+foo.2', ['v1.30.0+foo.2'], []],
  ['v1.30.0+foo', 'v1.30.0+foo', 'v1.30.0+bar', ['v1.30.0+bar'], ['v1.30.0+bar']],
]
const bad: [Case, RegExp][] = [
  [['foo', '', 'v1.33.1', [], []], /^"foo" is not a Kubernetes version/],
  [['v1.30.0', '', 'v1.33.1', ['foo'], []], /^"foo" is not a Kubernetes version/],
  [['v1.35.0', '', 'v1.36.0', ['v1.36'], []], /^"v1.36" is not a Kubernetes version/],
  [['v1.35.0', '', 'v1.36.0', ['v1.36.0 '], []], /^"v1.36.0 " is not a Kubernetes version/],
  [['v1.35.0', '', 'v1.36.0', ['1.36.0'], []], /^"1.36.0" is not a Kubernetes version/],
  [['v1.30.0', '', 'v1.33.1', ['v1.30.0'], []], /must rise: v1.30.0 comes after v1.30.0/],
  [
    ['v1.30.0', '', 'v1.33.1', ['v1.32.1'], []],
    /skip a minor version: v1.32.1 comes after v1.30.0/,
  ],
  [['v1.36.0', '', 'v2.0.0', ['v2.0.0'], []], /skip a minor version/],
  [
    ['v1.30.0', '', 'v1.33.1', ['v1.31.1', 'v1.30.0'], []],
    /must rise: v1.30.0 comes after v1.31.1/,
  ],
  [['v1.30.0', '', 'v1.33.1', ['v1.31.1', 'v1.32.0'], []], /end at v1.33.1: it ends at v1.32.0/],
  [['v1.32.0', '', 'v1.33.1', ['v1.33.1', 'v1.34.1'], []], /end at v1.33.1: it ends at v1.34.1/],
  [['v1.30.0', '', 'v1.33.1', [], []], /end at v1.33.1: it ends at v1.30.0/],
  [
    ['v1.33.1', 'v1.30.0', 'v1.33.1', ['v1.33.1'], []],
    /already at v1.33.1: its plan must be empty/,
  ],
  [['v1.32.0', 'v1.30.0', 'v1.33.1', ['v1.33.1'], ['v1.32.2']], /v1.32.2, which is no version/],
  [['v1.33.1', 'v1.30.0', 'v1.33.1', [], ['foo']], /^"foo" is not a Kubernetes version/],
  [['v1.33.1', 'v1.30.0', 'v1.33.1', [], ['v1.30.0']], /workers' plan must rise/],
  [['v1.33.1', 'v1.30.0', 'v1.33.1', [], ['v1.32.1']], /workers' plan must end at v1.33.1/],
  [['v1.33.1', 'v1.31.0', 'v1.33.1', [], ['v1.34.1']], /workers' plan must end at v1.33.1/],
  [['v1.34.1', 'v1.30.0', 'v1.34.1', [], ['v1.34.1']], /more than three minor versions/],
  [['v1.32.0', '', 'v1.33.1', ['v1.33.1'], ['v1.33.1']], /no workers below v1.33.1/],
  [['v1.32.0', 'v1.33.1', 'v1.33.1', ['v1.33.1'], ['v1.33.1']], /no workers below v1.33.1/],
  [
    ['v1.30.0+a', 'v1.30.0+b', 'v1.30.0+c', ['v1.30.0+b', 'v1.30.0+c'], ['v1.30.0+a', 'v1.30.0+c']],
    /workers' plan must rise: v1.30.0\+a comes after v1.30.0\+b/,
  ],
]

describe('a plan', () => {
  it.each(good)('from %s (workers %j) to %s: %j, %j is kept', (...plan) => {
    expect(check(plan)).toBeUndefined()
  })
  it.each(bad)('%j is refused', (plan, rule) => {
    expect(check(plan)).toMatch(rule)
  })
})

describe('the way through known versions', () => {
  // The cases of Cluster API's own tests (TestGetUpgradePlanFromClusterClassVersions).
  it.each([
    ['v1.31.0', 'v1.31.0', ['v1.31.0'], []],
    ['v1.31.0', 'v1.32.0', ['v1.31.0', 'v1.32.0', 'v1.32.1'], ['v1.32.0']],
    ['v1.35.1', 'v1.35.3', ['v1.35.1', 'v1.35.2', 'v1.35.3'], ['v1.35.3']],
    ['v1.35.1', 'v1.35.2', ['v1.35.1', 'v1.35.2', 'v1.35.3'], ['v1.35.2']],
    ['v1.31.0', 'v1.33.0', ['v1.31.0', 'v1.32.0', 'v1.33.0'], ['v1.32.0', 'v1.33.0']],
    [
      'v1.31.0',
      'v1.33.1',
      ['v1.31.1', 'v1.32.0', 'v1.32.2', 'v1.32.3', 'v1.33.0', 'v1.33.1'],
      ['v1.32.3', 'v1.33.1'],
    ],
    [
      'v1.31.0',
      'v1.33.1',
      ['v1.32.0-alpha.0', 'v1.32.0-alpha.2', 'v1.33.0', 'v1.33.1'],
      ['v1.32.0-alpha.2', 'v1.33.1'],
    ],
    [
      'v1.31.0+b',
      'v1.33.1+b',
      ['v1.31.0+a', 'v1.31.0+c', 'v1.31.1+a', 'v1.32.0+a', 'v1.32.0+c', 'v1.33.0+b'].concat([
        'v1.33.1+a',
        'v1.33.1+b',
        'v1.33.1+c',
      ]),
      ['v1.32.0+c', 'v1.33.1+b'],
    ],
    ['v1.31.2', 'v1.33.0', ['v1.31.0', 'v1.32.0', 'v1.33.0'], ['v1.32.0', 'v1.33.0']],
    ['v1.30.2', 'v1.33.0', ['v1.32.0', 'v1.33.0'], ['v1.32.0', 'v1.33.0']],
    ['v1.34.0', 'v1.36.0', ['v1.35.8', 'v1.36.4'], ['v1.35.8']],
  ])('from %s to %s through %j is %j', (from, to, versions, plan) => {
    expect(planUpgrade(versions, from, to)).toEqual(plan)
  })
})
