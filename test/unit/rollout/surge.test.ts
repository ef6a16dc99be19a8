import { expect, it } from 'vitest'
import { countControlPlane, countMachineSet } from '../../../src/rollout/surge.ts'

// core/reconcilers/machinedeployment/machinedeployment_rollout_rollingupdate.go: the last column was seen with the real
// controllers for the first line.
it.each([
  [2, 1, 0, 1, 1],
  [5, 1, 0, 4, 1],
  [5, 3, 0, 4, 1],
  [1, 1, 0, 0, 1],
  [3, 0, 1, 3, 0],
  [3, 1, 1, 3, 0],
  [3, 1, '30%', 2, 1],
  [4, '0%', '10%', 4, 0],
  [0, 1, 0, 0, 0],
])('%i Machines, maxSurge %s, maxUnavailable %s: %i in place, %i replaced', (...row) => {
  const [machines, maxSurge, maxUnavailable, inPlace, replaced] = row
  expect(countMachineSet(machines, { maxSurge, maxUnavailable })).toEqual({ inPlace, replaced })
})

it('takes the defaults of a MachineDeployment', () => {
  const strategy = { maxSurge: undefined, maxUnavailable: undefined }
  expect(countMachineSet(3, strategy)).toEqual({ inPlace: 2, replaced: 1 })
})

// controlplane/kubeadm/reconcilers/kubeadmcontrolplane/update.go.
it.each([
  ['three, with a surge', [true, true, true], 0, 1, 2, 1],
  ['three, without', [true, true, true], 0, 0, 3, 0],
  ['one', [true], 0, 1, 0, 1],
  ['none that can', [false, false, false], 0, 1, 0, 3],
  ['the last one cannot', [true, true, false], 0, 1, 2, 1],
  ['the first one cannot', [false, true, true], 0, 1, 1, 2],
  ['two of three, with a surge', [true, true], 1, 1, 1, 1],
  ['none', [], 3, 1, 0, 0],
])('Machines of a control plane: %s', (_, areUpdatable, upToDate, maxSurge, inPlace, replaced) => {
  expect(countControlPlane(areUpdatable, upToDate, maxSurge)).toEqual({ inPlace, replaced })
})
