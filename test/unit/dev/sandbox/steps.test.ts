import { expect, it } from 'vitest'
import { minorVersions, missingHooks } from '../../../../src/dev/sandbox/steps.ts'

it.each([
  ['create', [], ''],
  ['upgrade', [], ''],
  ['delete', [], ''],
  ['in-place', [], 'UpdateMachine, CanUpdateMachine or CanUpdateMachineSet'],
  ['in-place', ['CanUpdateMachine', 'CanUpdateMachineSet'], 'UpdateMachine'],
  ['in-place', ['UpdateMachine'], 'CanUpdateMachine or CanUpdateMachineSet'],
  ['in-place', ['UpdateMachine', 'CanUpdateMachineSet'], ''],
] as const)('%s with %j served lacks "%s"', (step, served, missing) => {
  expect(missingHooks(step, new Set(served))).toBe(missing)
})

it.each([
  ['v1.34.0', 'v1.36.4', ['v1.35.0', 'v1.36.4']],
  ['v1.35.8', 'v1.36.4', ['v1.36.4']],
  ['v1.36.0', 'v1.36.4', ['v1.36.4']],
])('goes from %s to %s by minor versions', (from, to, versions) => {
  expect(minorVersions(from, to)).toEqual(versions)
})
