import { describe, expect, it } from 'vitest'
import canUpdateMachine from '../../src/hooks/can-update-machine.ts'
import canUpdateMachineSet from '../../src/hooks/can-update-machineset.ts'
import updateMachine from '../../src/hooks/update-machine.ts'
import { isObject, objectAt } from '../../src/json/json.ts'
import { memoryState } from '../../src/kubernetes/memory-state.ts'
import { callHook } from '../../src/testing/call-hook.ts'
import { specs } from '../recorded/meaning.ts'
import { recordedOf } from '../recorded/recorded.ts'

describe.each([
  [canUpdateMachine, ['spec']],
  [canUpdateMachineSet, ['spec', 'template', 'spec']],
] as const)('%j', (hook, root) => {
  it.each(recordedOf(hook.contract.hook))('answers $file as Go does', async (recorded) => {
    const answer = await callHook(hook, recorded.request)
    expect(answer.status).toBe(recorded.response.body['status'])
    expect(specs(recorded.request, answer, [...root])).toEqual(
      specs(recorded.request, recorded.response.body, [...root]),
    )
  })
})

/** Calls update-machine as several calls of one process do, with a clock of its own. */
function machineUpdater(start: string) {
  let time = Date.parse(start)
  const now = () => new Date(time)
  const state = memoryState(now)
  return {
    call: (request: object) => callHook(updateMachine, request, { state, now }),
    wait: (seconds: number) => {
      time += seconds * 1000
    },
  }
}

it('updates a Machine over several calls as Go does', async () => {
  // Go's answers say how far apart the calls were: the update takes 15 s from its first call.
  const { call, wait } = machineUpdater('2026-11-22T22:40:00Z')
  const calls = recordedOf('UpdateMachine')
  expect(calls).toHaveLength(4)
  for (const { request, response } of calls) {
    const { apiVersion: _, kind: __, ...answer } = await call(request)
    expect(answer).toEqual(response.body)
    wait(20)
  }
})

it('keeps the progress of different Machines and desired states apart', async () => {
  const { call, wait } = machineUpdater('2026-11-22T22:40:00Z')
  const [first, , second] = recordedOf('UpdateMachine')
  if (!first || !second) throw new Error('no recorded calls')
  const messageOf = async (request: object) => (await call(request)).message
  await messageOf(first.request)
  wait(16)
  expect(await messageOf(second.request)).toBe('Extension is updating Machine')
  const renamed = structuredClone(first.request)
  const metadata = objectAt(renamed, ['desired', 'machine', 'metadata'])
  if (!isObject(metadata)) throw new Error('no metadata')
  metadata['name'] = 'another'
  expect(await messageOf(renamed)).toBe('Extension is updating Machine')
  expect(await messageOf(first.request)).toBe('Extension completed updating Machine')
})
