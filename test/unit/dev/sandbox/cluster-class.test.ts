import { expect, it } from 'vitest'
import { nameHandlers, variablesFor } from '../../../../src/dev/sandbox/cluster-class.ts'
import { readManifest } from '../../../../src/dev/sandbox/extension.ts'
import type { DiscoveredHandler } from '../../../../src/dev/sandbox/extension-config.ts'
import { parseYaml, type Resource } from '../../../../src/dev/sandbox/objects.ts'
import { hooks } from '../../../../src/hooks/index.ts'

const handler = (hook: string, name: string): DiscoveredHandler => ({
  hook,
  name: `${name}.capi-sample-extension`,
  timeoutSeconds: 10,
  failurePolicy: 'Fail',
})
const clusterClass = async () =>
  parseYaml(await readManifest('clusterclass')).find(({ kind }) => kind === 'ClusterClass') ?? {}
const inline = { spec: { variables: [{ name: 'a' }], patches: [{ name: 'a', definitions: [] }] } }
async function named(...handlers: DiscoveredHandler[]) {
  const { spec } = nameHandlers(await clusterClass(), inline, handlers)
  const patches = Array.isArray(spec?.['patches']) ? spec['patches'] : []
  return {
    external: patches.flatMap(({ external }) => external ?? []),
    inline: patches.filter(({ definitions }) => definitions !== undefined).length,
    upgrade: spec?.['upgrade'],
  }
}

it('names all handlers of the sample as the manifest does', async () => {
  const found = nameHandlers(
    await clusterClass(),
    {},
    hooks.map(({ contract, name }) => handler(contract.hook, name)),
  )
  const { spec } = await clusterClass()
  const withName = ({ name, ...patch }: Record<string, unknown>) => patch
  const patches = (value: unknown) => (Array.isArray(value) ? value.map(withName) : value)
  expect(patches(found.spec?.['patches'])).toEqual(patches(spec?.['patches']))
  expect({ ...found.spec, patches: [] }).toEqual({ ...spec, patches: [] })
})

it('names only what is served', async () => {
  expect(await named()).toEqual({ external: [], inline: 1, upgrade: undefined })
  expect(await named(handler('BeforeClusterCreate', 'a'), handler('GeneratePatches', 'b'))).toEqual(
    {
      external: [{ generatePatchesExtension: 'b.capi-sample-extension' }],
      inline: 1,
      upgrade: undefined,
    },
  )
  expect(
    await named(handler('ValidateTopology', 'a'), handler('GenerateUpgradePlan', 'b')),
  ).toEqual({
    external: [{ validateTopologyExtension: 'a.capi-sample-extension' }],
    inline: 1,
    upgrade: { external: { generateUpgradePlanExtension: 'b.capi-sample-extension' } },
  })
})

it('gives each of several handlers a patch with the variables of the extension', async () => {
  const { external } = await named(
    handler('DiscoverVariables', 'd'),
    handler('GeneratePatches', 'a'),
    handler('GeneratePatches', 'b'),
  )
  const discoverVariablesExtension = 'd.capi-sample-extension'
  expect(external).toEqual([
    { discoverVariablesExtension, generatePatchesExtension: 'a.capi-sample-extension' },
    { discoverVariablesExtension, generatePatchesExtension: 'b.capi-sample-extension' },
  ])
})

it('names no variables where nothing generates or validates, which a ClusterClass refuses', async () => {
  expect((await named(handler('DiscoverVariables', 'd'))).external).toEqual([])
})

const withVariables = (variables?: object[]): Resource => ({
  status: variables ? { variables } : {},
})
const variable = (name: string, required: boolean, schema: object) => ({
  name,
  definitionsConflict: false,
  definitions: [{ from: 'extension-0', required, schema: { openAPIV3Schema: schema } }],
})
const given = [{ name: 'imageRepository', value: 'kindest' }]

it('sets the variables of the manifest that there are, and those that are required', () => {
  expect(
    variablesFor(
      withVariables([
        variable('imageRepository', true, { type: 'string' }),
        variable('optional', false, { type: 'string' }),
        variable('preset', true, { type: 'string', default: 'a' }),
        variable('size', true, { type: 'string', enum: ['small', 'large'] }),
      ]),
      given,
    ),
  ).toEqual([...given, { name: 'size', value: 'small' }])
  expect(variablesFor(withVariables([]), given)).toEqual([])
  expect(variablesFor(withVariables(), given)).toEqual([])
})
