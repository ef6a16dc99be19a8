import { applyPatch, type Operation } from 'rfc6902'
import { expect, it } from 'vitest'
import discoverVariables from '../../src/hooks/discover-variables.ts'
import generatePatches from '../../src/hooks/generate-patches.ts'
import validateTopology from '../../src/hooks/validate-topology.ts'
import { isObject } from '../../src/json.ts'
import { recordedOf, run } from './recorded.ts'

interface Item {
  uid: string
  object: object
  patch: string
}

/** The templates of a request after the patches of an answer, by uid. */
function patched(request: object, answer: object): Record<string, unknown> {
  const objects = new Map(itemsOf(request).map(({ uid, object }) => [uid, structuredClone(object)]))
  for (const { uid, patch } of itemsOf(answer)) {
    const operations: Operation[] = JSON.parse(Buffer.from(patch, 'base64').toString())
    expect(applyPatch(objects.get(uid), operations).filter(Boolean)).toEqual([])
  }
  return Object.fromEntries([...objects].map(([uid, object]) => [uid, withoutEmpty(object)]))
}

function itemsOf(message: object): Item[] {
  return 'items' in message && Array.isArray(message.items) ? message.items : []
}

/** Go's structs add empty objects, such as `status: {}`, which say nothing. */
function withoutEmpty(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withoutEmpty)
  if (!isObject(json)) return json
  const entries = Object.entries(json).map(([key, value]) => [key, withoutEmpty(value)] as const)
  return Object.fromEntries(
    entries.filter(([, value]) => !isObject(value) || Object.keys(value).length > 0),
  )
}

it.each(recordedOf('GeneratePatches'))('makes of $file what Go makes', async (recorded) => {
  const { request, goResponse } = recorded
  const answer = await run(generatePatches, request)
  expect(answer.status).toBe(goResponse.body['status'])
  expect(patched(request, answer)).toEqual(patched(request, goResponse.body))
  expect(patched(request, answer)).not.toEqual(patched(request, {}))
})

it.each(recordedOf('ValidateTopology'))('answers $file as Go does', async (recorded) => {
  const { apiVersion: _, kind: __, ...answer } = await run(validateTopology, recorded.request)
  expect(answer).toEqual(recorded.goResponse.body)
})

it.each(recordedOf('DiscoverVariables'))('answers $file as Go does', async (recorded) => {
  const { apiVersion: _, kind: __, ...answer } = await run(discoverVariables, recorded.request)
  expect(answer).toEqual(recorded.goResponse.body)
})
