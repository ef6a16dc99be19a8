import fc from 'fast-check'
import { expect, it } from 'vitest'
import { checkUpgradePlan } from '../../../src/upgrade-plan/check-upgrade-plan.ts'
import { planUpgrade } from '../../../src/upgrade-plan/plan-upgrade.ts'
import { compareVersions, parseVersion } from '../../../src/upgrade-plan/version.ts'

const order = (left: string, right: string) => {
  const [a, b] = [parseVersion(left), parseVersion(right)]
  return (a && b && compareVersions(a, b)) ?? 0
}
const version = fc
  .tuple(fc.integer({ min: 28, max: 36 }), fc.integer({ min: 0, max: 9 }))
  .map(([minor, patch]) => `v1.${minor}.${patch}`)
const known = fc.uniqueArray(version, { minLength: 2, maxLength: 30 }).map((all) => all.sort(order))

it('a plan from any known version to any later one rises, names one version a minor, and is accepted where no minor is missing', () => {
  fc.assert(
    fc.property(known, fc.nat(), fc.nat(), (versions, one, other) => {
      const [from = '', to = ''] = [one, other]
        .map((index) => versions[index % versions.length] ?? '')
        .sort(order)
      const plan = planUpgrade(versions, from, to)
      const minors = plan.map((step) => parseVersion(step)?.minor ?? 0)
      expect(plan).toEqual([...plan].sort(order))
      expect(new Set(minors).size).toBe(minors.length)
      if (from === to) expect(plan).toEqual([])
      else expect(plan.at(-1)).toBe(to)

      const [start = 0, end = 0] = [from, to].map((each) => parseVersion(each)?.minor)
      const complete = minors.length === end - start || start === end
      const upgrade = { fromControlPlaneKubernetesVersion: from, toKubernetesVersion: to }
      const refusal = checkUpgradePlan(upgrade, { controlPlane: plan, workers: [] })
      expect(refusal === undefined).toBe(complete)
    }),
    { numRuns: 5000 },
  )
})
