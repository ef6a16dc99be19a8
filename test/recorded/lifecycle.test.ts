import { describe, expect, it } from 'vitest'
import { hooks } from '../../src/hooks/index.ts'
import { objectAt } from '../../src/json/json.ts'
import { memoryConfigMaps } from '../../src/sample/memory-config-maps.ts'
import { createResponseStore } from '../../src/sample/response-store.ts'
import { type Recorded, recordedOf, run, silent } from './recorded.ts'

const lifecycle = hooks.filter(({ contract }) => /^(Before|After)/.test(contract.hook))

it('has all nine lifecycle hooks', () => {
  expect(lifecycle).toHaveLength(9)
})

describe.each(lifecycle)('$name', (hook) => {
  it.each(recordedOf(hook.contract.hook))('answers $file as Go does', async (recorded) => {
    expect(recorded.url).toMatch(new RegExp(`/${hook.name}\\?`))
    const store = await storeWith(recorded)
    const { apiVersion, kind, ...answer } = await run(hook, recorded.request, store)
    expect(answer).toEqual(recorded.goResponse.body)
    expect({ apiVersion, kind }).toEqual({
      apiVersion: recorded.request['apiVersion'],
      kind: `${hook.contract.hook}Response`,
    })
  })
})

/** A store with what was prepared when the call was recorded. */
async function storeWith({ request, prepared }: Recorded) {
  const configMaps = memoryConfigMaps()
  const { name, namespace } = Object(objectAt(request, ['cluster', 'metadata']))
  const settings = Object(request['settings'])
  const configMap = `${name}-${settings.extensionConfigName}-test-extension-hookresponses`
  await configMaps.write(namespace, configMap, prepared ?? {})
  return createResponseStore(configMaps, silent)
}
