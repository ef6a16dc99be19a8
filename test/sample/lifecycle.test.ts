import { describe, expect, it } from 'vitest'
import { hooks } from '../../src/hooks/index.ts'
import { memoryApi } from '../../src/kubernetes/memory-api.ts'
import { callHook } from '../../src/testing/call-hook.ts'
import { recordedOf } from '../recorded/recorded.ts'

const lifecycle = hooks.filter(({ contract }) => /^(Before|After)/.test(contract.hook))

it('has all nine lifecycle hooks', () => {
  expect(lifecycle).toHaveLength(9)
})

describe.each(lifecycle)('$name', (hook) => {
  it.each(recordedOf(hook.contract.hook))('answers $file as Go does', async (recorded) => {
    expect(recorded.url).toMatch(new RegExp(`/${hook.name}\\?`))
    const api = memoryApi(recorded.objects)
    const { apiVersion, kind, ...answer } = await callHook(hook, recorded.request, { api })
    expect(answer).toEqual(recorded.response.body)
    expect({ apiVersion, kind }).toEqual({
      apiVersion: recorded.request['apiVersion'],
      kind: `${hook.contract.hook}Response`,
    })
  })
})
