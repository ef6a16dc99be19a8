import { expect, it } from 'vitest'
import { discoveryOf } from '../../src/extension/discovery.ts'
import { hooks } from '../../src/hooks/index.ts'
import { callHook } from '../../src/testing/call-hook.ts'
import { recordedOf } from '../recorded/recorded.ts'

it('announces the handlers of the Go test extension', async () => {
  const [recorded] = recordedOf('Discovery')
  const theirs = recorded?.response.body['handlers']
  const { status, handlers } = await callHook(discoveryOf(hooks), {})
  expect(status).toBe('Success')
  const sorted = (list: unknown) =>
    Array.isArray(list) ? list.map((handler) => JSON.stringify(handler)).sort() : []
  expect(sorted(handlers)).toEqual(sorted(theirs))
  expect(sorted(handlers)).toHaveLength(16)
})
