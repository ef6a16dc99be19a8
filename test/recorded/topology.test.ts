import { expect, it } from 'vitest'
import discoverVariables from '../../src/hooks/discover-variables.ts'
import generatePatches from '../../src/hooks/generate-patches.ts'
import validateTopology from '../../src/hooks/validate-topology.ts'
import { patched, withoutEmpty } from '../unit/topology/patched.ts'
import { recordedOf, run } from './recorded.ts'

/** The templates of a request after the patches of an answer, by uid. */
function templates(request: object, answer: object): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const { uid, object } of itemsOf(request)) result[uid] = object
  for (const { uid, patch } of itemsOf(answer)) result[uid] = patched(result[uid], patch)
  for (const uid of Object.keys(result)) result[uid] = withoutEmpty(result[uid])
  return result
}

function itemsOf(message: object): { uid: string; object: object; patch: string }[] {
  return 'items' in message && Array.isArray(message.items) ? message.items : []
}

it.each(recordedOf('GeneratePatches'))('makes of $file what Go makes', async (recorded) => {
  const { request, goResponse } = recorded
  const answer = await run(generatePatches, request)
  expect(answer.status).toBe(goResponse.body['status'])
  expect(templates(request, answer)).toEqual(templates(request, goResponse.body))
  expect(templates(request, answer)).not.toEqual(templates(request, {}))
})

it.each(recordedOf('ValidateTopology'))('answers $file as Go does', async (recorded) => {
  const { apiVersion: _, kind: __, ...answer } = await run(validateTopology, recorded.request)
  expect(answer).toEqual(recorded.goResponse.body)
})

it.each(recordedOf('DiscoverVariables'))('answers $file as Go does', async (recorded) => {
  const { apiVersion: _, kind: __, ...answer } = await run(discoverVariables, recorded.request)
  expect(answer).toEqual(recorded.goResponse.body)
})
