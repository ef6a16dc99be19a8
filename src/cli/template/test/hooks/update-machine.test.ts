import { UpdateMachine } from 'capi-extension/hooks'
import { callHook, requestOf } from 'capi-extension/testing'
import { expect, it } from 'vitest'
import hook from '../../src/hooks/update-machine.ts'

it('does not say that it is done', async () => {
  expect(await callHook(hook, requestOf(UpdateMachine))).toMatchObject({ status: 'Failure' })
})
