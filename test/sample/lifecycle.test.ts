import { describe, expect, it } from 'vitest'
import { hooks } from '../../src/hooks/index.ts'
import { objectAt } from '../../src/json/json.ts'
import { memoryApi } from '../../src/kubernetes/memory-api.ts'
import { callHook } from '../../src/testing/call-hook.ts'
import { type Recorded, recordedOf } from '../recorded/recorded.ts'

const lifecycle = hooks.filter(({ contract }) => /^(Before|After)/.test(contract.hook))

it('has all nine lifecycle hooks', () => {
  expect(lifecycle).toHaveLength(9)
})

describe.each(lifecycle)('$name', (hook) => {
  it.each(recordedOf(hook.contract.hook))('answers $file as Go does', async (recorded) => {
    expect(recorded.url).toMatch(new RegExp(`/${hook.name}\\?`))
    const api = memoryApi([configMapOf(recorded)])
    const { apiVersion, kind, ...answer } = await callHook(hook, recorded.request, { api })
    expect(answer).toEqual(recorded.goResponse.body)
    expect({ apiVersion, kind }).toEqual({
      apiVersion: recorded.request['apiVersion'],
      kind: `${hook.contract.hook}Response`,
    })
  })
})

/** The ConfigMap with what was prepared when the call was recorded. */
function configMapOf({ request, prepared = {} }: Recorded) {
  const { name: cluster, namespace } = Object(objectAt(request, ['cluster', 'metadata']))
  const settings = Object(request['settings'])
  const name = `${cluster}-${settings.extensionConfigName}-test-extension-hookresponses`
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data: prepared }
}
