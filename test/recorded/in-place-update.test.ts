import { describe, expect, it } from 'vitest'
import canUpdateMachine from '../../src/hooks/can-update-machine.ts'
import canUpdateMachineSet from '../../src/hooks/can-update-machineset.ts'
import updateMachine from '../../src/hooks/update-machine.ts'
import { isObject, objectAt } from '../../src/json/json.ts'
import { memoryConfigMaps } from '../../src/sample/memory-config-maps.ts'
import { createResponseStore } from '../../src/sample/response-store.ts'
import { specs } from './meaning.ts'
import { recordedOf, run, silent } from './recorded.ts'

describe.each([
  [canUpdateMachine, ['spec']],
  [canUpdateMachineSet, ['spec', 'template', 'spec']],
] as const)('%j', (hook, root) => {
  it.each(recordedOf(hook.contract.hook))('answers $file as Go does', async (recorded) => {
    const answer = await run(hook, recorded.request)
    expect(answer.status).toBe(recorded.goResponse.body['status'])
    expect(specs(recorded.request, answer, [...root])).toEqual(
      specs(recorded.request, recorded.goResponse.body, [...root]),
    )
  })
})

it('updates a Machine over several calls as Go does', async () => {
  // Go's answers say how far apart the calls were: the update takes 15 s from its first call.
  let now = Date.parse('2026-11-22T22:40:00Z')
  const store = createResponseStore(memoryConfigMaps(), silent, () => now)
  const calls = recordedOf('UpdateMachine')
  expect(calls).toHaveLength(4)
  for (const { request, goResponse } of calls) {
    const { apiVersion: _, kind: __, ...answer } = await run(updateMachine, request, store)
    expect(answer).toEqual(goResponse.body)
    now += 20_000
  }
})

it('keeps the progress of different Machines and desired states apart', async () => {
  let now = 0
  const store = createResponseStore(memoryConfigMaps(), silent, () => now)
  const [first, , second] = recordedOf('UpdateMachine')
  if (!first || !second) throw new Error('no recorded calls')
  const messageOf = async (request: object) => (await run(updateMachine, request, store)).message
  await messageOf(first.request)
  now += 16_000
  expect(await messageOf(second.request)).toBe('Extension is updating Machine')
  const renamed = structuredClone(first.request)
  const metadata = objectAt(renamed, ['desired', 'machine', 'metadata'])
  if (!isObject(metadata)) throw new Error('no metadata')
  metadata['name'] = 'another'
  expect(await messageOf(renamed)).toBe('Extension is updating Machine')
  expect(await messageOf(first.request)).toBe('Extension completed updating Machine')
})
