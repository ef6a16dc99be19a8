import { DiscoverVariables } from 'capi-extension/hooks'
import { callHook, requestOf } from 'capi-extension/testing'
import { expect, it } from 'vitest'
import hook from '../../src/hooks/discover-variables.ts'

it('says what a Cluster may set', async () => {
  const integer = expect.objectContaining({ type: 'integer', minimum: 10, maximum: 500 })
  expect(await callHook(hook, requestOf(DiscoverVariables))).toMatchObject({
    variables: [{ name: 'maxPods', required: false, schema: { openAPIV3Schema: integer } }],
  })
})
