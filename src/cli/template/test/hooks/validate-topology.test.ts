import { ValidateTopology } from 'capi-extension/hooks'
import { callHook, requestOf, topologyOf } from 'capi-extension/testing'
import { expect, it } from 'vitest'
import hook from '../../src/hooks/validate-topology.ts'

it('accepts a topology', async () => {
  expect(await callHook(hook, requestOf(ValidateTopology))).toMatchObject({ status: 'Success' })
})

it('refuses more Pods than a node has addresses for', async () => {
  const request = requestOf(ValidateTopology, topologyOf({ variables: { maxPods: 300 } }))
  expect(await callHook(hook, request)).toMatchObject({
    status: 'Failure',
    message: 'maxPods: a node has 254 addresses for Pods',
  })
})
