import { describe, expect, it } from 'vitest'
import { hooks } from '../../src/hooks/index.ts'
import { recordedOf, run } from './recorded.ts'

const lifecycle = hooks.filter(({ contract }) => /^(Before|After)/.test(contract.hook))

it('has all nine lifecycle hooks', () => {
  expect(lifecycle).toHaveLength(9)
})

describe.each(lifecycle)('$name', (hook) => {
  it.each(recordedOf(hook.contract.hook))('answers $file as Go does', async (recorded) => {
    expect(recorded.url).toMatch(new RegExp(`/${hook.name}\\?`))
    const { apiVersion, kind, ...answer } = await run(hook, recorded.request)
    expect(answer).toEqual(recorded.goResponse.body)
    expect({ apiVersion, kind }).toEqual({
      apiVersion: recorded.request['apiVersion'],
      kind: `${hook.contract.hook}Response`,
    })
  })
})
