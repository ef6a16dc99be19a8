import { expect, it } from 'vitest'
import { byName } from '../../../src/topology/variable-values.ts'
import {
  clusterClassOf,
  clusterOf,
  externalPatch,
  itemsOf,
  namesIn,
  render,
  variableOf,
} from './topology.ts'

const success = () => ({ status: 'Success' })
const discovering = (name: string) =>
  externalPatch(name, { discoverVariablesExtension: `discover.${name}` })
const selector = { apiVersion: 'example.com/v1', kind: 'None', matchResources: {} }
const inline = { name: 'inline', definitions: [{ selector, jsonPatches: [] }] }

it('sends each patch only the variables that it defines itself', async () => {
  const variables = ['inline-only', 'first-only', 'second-only', 'both'].map((name) => ({
    name,
    value: name,
  }))
  const { sent, notes } = await render(
    {
      clusterClass: clusterClassOf([discovering('first'), inline, discovering('second')], {
        variables: [variableOf('inline-only')],
      }),
      cluster: clusterOf({
        variables,
        controlPlane: { variables: { overrides: [{ name: 'both', value: 'of control plane' }] } },
        workers: {
          machineDeployments: [
            {
              class: 'worker',
              name: 'md-0',
              variables: {
                overrides: [
                  { name: 'second-only', value: 'of md-0' },
                  { name: 'inline-only', value: 'of md-0' },
                ],
              },
            },
          ],
        },
      }),
    },
    {
      'discover.first': () => ({
        status: 'Success',
        variables: [variableOf('first-only'), variableOf('both')],
      }),
      'discover.second': () => ({
        status: 'Success',
        variables: [variableOf('second-only'), variableOf('both')],
      }),
      'generate.first': success,
      'generate.second': success,
    },
  )
  const known = sent
    .filter(({ hook }) => hook === 'GeneratePatches')
    .map(({ request }) => [
      namesIn(request['variables']),
      ...itemsOf(request).map((item) => namesIn(item['variables'])),
    ])
  expect(known).toEqual([
    [
      ['first-only', 'both', 'builtin'],
      ...[[], ['both', 'builtin'], ['both', 'builtin'], ['builtin'], ['builtin']],
    ],
    [
      ['second-only', 'both', 'builtin'],
      ...[[], ['both', 'builtin'], ['both', 'builtin']],
      ...[
        ['second-only', 'builtin'],
        ['second-only', 'builtin'],
      ],
    ],
  ])
  expect(notes.filter((note) => note.includes('variable'))).toEqual([])
})

it('sets defaults as the webhook does: those of the Cluster, and fields of overrides', async () => {
  const size = {
    type: 'object',
    default: {},
    properties: { cpus: { type: 'integer', default: 2 }, memory: { type: 'string' } },
  }
  const { items, sent } = await render(
    {
      clusterClass: clusterClassOf([discovering('sizes')]),
      cluster: clusterOf({
        variables: [{ name: 'zones', value: [{ name: 'a' }, { name: 'b', weight: 5 }] }],
        controlPlane: { variables: { overrides: [{ name: 'size', value: { memory: '4Gi' } }] } },
      }),
    },
    {
      'discover.sizes': () => ({
        status: 'Success',
        variables: [
          variableOf('size', size),
          variableOf('none'),
          variableOf('a', { type: 'string', default: 'x' }),
          variableOf('zones', {
            type: 'array',
            items: {
              type: 'object',
              properties: { name: { type: 'string' }, weight: { type: 'integer', default: 1 } },
            },
          }),
        ],
      }),
      'generate.sizes': success,
    },
  )
  const { builtin: _, ...values } = byName(sent.at(-1)?.request['variables'] as [])
  // Those that are created come behind those that are given, by name.
  expect(Object.entries(values)).toEqual([
    [
      'zones',
      [
        { name: 'a', weight: 1 },
        { name: 'b', weight: 5 },
      ],
    ],
    ['a', 'x'],
    ['size', { cpus: 2 }],
  ])
  expect(byName(items[1]?.variables)['size']).toEqual({ cpus: 2, memory: '4Gi' })
  expect(namesIn(items[3]?.variables)).toEqual(['builtin'])
})

const status = (name: string, from: string) => ({
  variables: [{ name, definitions: [{ from, ...variableOf(name) }] }],
})

it('takes the variables of the status where nobody knows the extension', async () => {
  const clusterClass = clusterClassOf([discovering('other')])
  const cluster = clusterOf({ variables: [{ name: 'region', value: 'eu' }] })
  const { notes, sent } = await render({
    clusterClass: { ...clusterClass, status: status('region', 'other') },
    cluster,
  })
  expect(sent.at(-1)?.request['variables']).toMatchObject([
    { name: 'region', value: 'eu' },
    { name: 'builtin' },
  ])
  expect(notes.filter((note) => note.includes('variable'))).toEqual([])
  const unknown = await render({ clusterClass, cluster })
  expect(unknown.notes).toContain(
    'The variables of the patch other are not known, since the extension of discover.other is not known here: none of them reaches the patch.',
  )
  expect(unknown.notes).toContain(
    'Whether the variable region of the Cluster is defined is not known: only an extension that is not known here may define it.',
  )
  expect(namesIn(unknown.sent.at(-1)?.request['variables'])).toEqual(['builtin'])
})

it('takes the variables that an extension discovers now, and says when the status holds others', async () => {
  const clusterClass = { ...clusterClassOf([discovering('own')]), status: status('old', 'own') }
  const cluster = clusterOf({ variables: [{ name: 'new', value: 'x' }] })
  const answer = { status: 'Success', variables: [variableOf('new')] }
  const { notes, sent } = await render(
    { clusterClass, cluster },
    { 'discover.own': () => answer, 'generate.own': success },
  )
  expect(namesIn(sent.at(-1)?.request['variables'])).toEqual(['new', 'builtin'])
  expect(notes).toContain(
    'The status of the ClusterClass holds other variables of the patch own than discover.own discovers now: the new ones are taken.',
  )
  const failed = await render(
    { clusterClass, cluster: clusterOf({ variables: [{ name: 'old', value: 'x' }] }) },
    { 'discover.own': () => ({ status: 'Failure', message: 'no' }), 'generate.own': success },
  )
  expect(namesIn(failed.sent.at(-1)?.request['variables'])).toEqual(['old', 'builtin'])
  expect(failed.notes).toContain(
    'The variables of the patch own are not known, since discover.own fails with "no": those of the status of the ClusterClass are taken.',
  )
})

it('says which variables Cluster API would refuse', async () => {
  const { refusals } = await render(
    {
      clusterClass: clusterClassOf([discovering('own')], {
        variables: [variableOf('count', { type: 'integer' }), variableOf('region', {}, true)],
      }),
      cluster: clusterOf({
        variables: [
          { name: 'count', value: 'many' },
          { name: 'unknown', value: 1 },
        ],
      }),
    },
    {
      'discover.own': () => ({ status: 'Success', variables: [variableOf('count')] }),
      'generate.own': success,
    },
  )
  expect(refusals).toEqual([
    'Cluster API refuses the Cluster: it has no value for the variable region, which is required.',
    'Cluster API refuses the Cluster: the variable count of the Cluster is string, not integer.',
    'Cluster API refuses the Cluster: the ClusterClass does not define the variable unknown of the Cluster.',
    'Cluster API refuses the ClusterClass: its definitions of the variable count (inline, own) differ at schema.type.',
  ])
})
