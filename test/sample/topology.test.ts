import { expect, it } from 'vitest'
import discoverVariables from '../../src/hooks/discover-variables.ts'
import generatePatches from '../../src/hooks/generate-patches.ts'
import validateTopology from '../../src/hooks/validate-topology.ts'
import { callHook } from '../../src/testing/call-hook.ts'
import { templates } from '../recorded/meaning.ts'
import { recordedOf } from '../recorded/recorded.ts'

it.each(recordedOf('GeneratePatches'))('makes of $file what Go makes', async (recorded) => {
  const { request, response } = recorded
  const answer = await callHook(generatePatches, request)
  expect(answer.status).toBe(response.body['status'])
  expect(templates(request, answer)).toEqual(templates(request, response.body))
  expect(templates(request, answer)).not.toEqual(templates(request, {}))
})

it.each(recordedOf('ValidateTopology'))('answers $file as Go does', async (recorded) => {
  const { apiVersion: _, kind: __, ...answer } = await callHook(validateTopology, recorded.request)
  expect(answer).toEqual(recorded.response.body)
})

it.each(recordedOf('DiscoverVariables'))('answers $file as Go does', async (recorded) => {
  const { apiVersion: _, kind: __, ...answer } = await callHook(discoverVariables, recorded.request)
  expect(answer).toEqual(recorded.response.body)
})
