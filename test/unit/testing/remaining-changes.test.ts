import { describe, expect, it } from 'vitest'
import { encodePatch } from '../../../src/contract/encode-patch.ts'
import { CanUpdateMachine, CanUpdateMachineSet } from '../../../src/contract/in-place-update.ts'
import { defineHook } from '../../../src/handler/hook.ts'
import { callHook } from '../../../src/testing/call-hook.ts'
import { machineOf } from '../../../src/testing/machine.ts'
import { machineSetOf } from '../../../src/testing/machine-set.ts'
import { remainingChanges } from '../../../src/testing/remaining-changes.ts'
import { requestOf } from '../../../src/testing/request.ts'

const files = [{ path: '/etc/motd', content: 'Hello' }]
const merge = (document: object) => encodePatch('JSONMergePatch', document)

describe('of a Machine', () => {
  const desired = machineOf({ version: 'v1.37.0', bootstrapConfig: { spec: { files } } })
  const request = requestOf(CanUpdateMachine, { desired })
  const answer = (...patches: (object | undefined)[]) => {
    const [machinePatch, bootstrapConfigPatch] = patches.map((patch) => patch && merge(patch))
    const reply = {
      ...(machinePatch && { machinePatch }),
      ...(bootstrapConfigPatch && { bootstrapConfigPatch }),
    }
    return callHook(
      defineHook(CanUpdateMachine, () => reply),
      request,
    )
  }
  const version = { spec: { version: 'v1.37.0' } }

  it('are what no patch makes', async () => {
    expect(remainingChanges(request, await answer())).toEqual([
      'Machine spec.version',
      'KubeadmConfig spec.files',
    ])
    expect(remainingChanges(request, await answer(version))).toEqual(['KubeadmConfig spec.files'])
    expect(remainingChanges(request, await answer(version, { spec: { files } }))).toEqual([])
  })

  it('are not asked for an answer that the controller refuses', async () => {
    const other = await answer({ metadata: { labels: { a: 'b' } } })
    expect(() => remainingChanges(request, other)).toThrow(
      'machinePatch: metadata.labels.a. A patch',
    )
    const failing = defineHook(CanUpdateMachine, () => ({ status: 'Failure', message: 'No' }))
    const failure = await callHook(failing, request)
    expect(() => remainingChanges(request, failure)).toThrow('the answer is a Failure: No')
  })
})

it('of a MachineSet are those of its Machines', async () => {
  const desired = machineSetOf({
    version: 'v1.37.0',
    replicas: 0,
    bootstrapConfigTemplate: { spec: { template: { spec: { files } } } },
  })
  const request = requestOf(CanUpdateMachineSet, { desired })
  const machineSetPatch = merge({ spec: { template: { spec: { version: 'v1.37.0' } } } })
  const hook = defineHook(CanUpdateMachineSet, () => ({
    ...(machineSetPatch && { machineSetPatch }),
  }))
  expect(remainingChanges(request, await callHook(hook, request))).toEqual([
    'KubeadmConfigTemplate spec.template.spec.files',
  ])
})
