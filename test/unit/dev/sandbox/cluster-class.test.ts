import { expect, it } from 'vitest'
import { nameHandlers, variablesFor } from '../../../../src/dev/sandbox/cluster-class.ts'
import { readManifest } from '../../../../src/dev/sandbox/extension.ts'
import type { DiscoveredHandler } from '../../../../src/dev/sandbox/extension-config.ts'
import { parseYaml, type Resource } from '../../../../src/dev/sandbox/objects.ts'

const handler = (hook: string, name: string): DiscoveredHandler => ({
  hook,
  name: `${name}.policy`,
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

it('names the handlers of each hook that a ClusterClass names', async () => {
  const served = [
    handler('BeforeClusterCreate', 'create'),
    handler('DiscoverVariables', 'discover'),
    handler('GeneratePatches', 'generate'),
    handler('ValidateTopology', 'validate'),
    handler('GenerateUpgradePlan', 'plan'),
  ]
  expect(await named(...served)).toEqual({
    inline: 1,
    external: [
      {
        discoverVariablesExtension: 'discover.policy',
        generatePatchesExtension: 'generate.policy',
        validateTopologyExtension: 'validate.policy',
      },
    ],
    upgrade: { external: { generateUpgradePlanExtension: 'plan.policy' } },
  })
})

it('names only what is served', async () => {
  expect(await named()).toEqual({ external: [], inline: 1, upgrade: undefined })
  expect(await named(handler('BeforeClusterCreate', 'a'), handler('GeneratePatches', 'b'))).toEqual(
    {
      external: [{ generatePatchesExtension: 'b.policy' }],
      inline: 1,
      upgrade: undefined,
    },
  )
  expect(
    await named(handler('ValidateTopology', 'a'), handler('GenerateUpgradePlan', 'b')),
  ).toEqual({
    external: [{ validateTopologyExtension: 'a.policy' }],
    inline: 1,
    upgrade: { external: { generateUpgradePlanExtension: 'b.policy' } },
  })
})

it('gives each of several handlers a patch with the variables of the extension', async () => {
  const { external } = await named(
    handler('DiscoverVariables', 'd'),
    handler('GeneratePatches', 'a'),
    handler('GeneratePatches', 'b'),
  )
  const discoverVariablesExtension = 'd.policy'
  expect(external).toEqual([
    { discoverVariablesExtension, generatePatchesExtension: 'a.policy' },
    { discoverVariablesExtension, generatePatchesExtension: 'b.policy' },
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
const known = withVariables([
  variable('team', false, { type: 'string' }),
  variable('preset', true, { type: 'string', default: 'a' }),
  variable('size', true, { type: 'string', enum: ['small', 'large'] }),
])

it('sets the variables that are given, the defaults, and what is required', () => {
  const preset = { name: 'preset', value: 'a' }
  expect(variablesFor(known, {})).toEqual([preset, { name: 'size', value: 'small' }])
  expect(variablesFor(known, { team: 'b', size: 'large' })).toEqual([
    { name: 'team', value: 'b' },
    preset,
    { name: 'size', value: 'large' },
  ])
  expect(variablesFor(withVariables([]), {})).toEqual([])
  expect(variablesFor(withVariables(), {})).toEqual([])
})

it('refuses what the ClusterClass would refuse', () => {
  const version = withVariables([variable('version', true, { type: 'string', pattern: '^v1' })])
  expect(() => variablesFor(version, {})).toThrow(
    'variable version: "simulated": value does not match ^v1; set it with --variable version=…',
  )
  expect(variablesFor(version, { version: 'v1.2' })).toHaveLength(1)
  expect(() => variablesFor(known, { tem: 'b' })).toThrow('variable tem: no handler discovers it')
})
