import { expect, it } from 'vitest'
import { BeforeClusterCreate } from '../../../../src/contract/lifecycle.ts'
import { DiscoverVariables, GeneratePatches } from '../../../../src/contract/topology.ts'
import { clusterOf } from '../../../../src/testing/cluster.ts'
import { requestOf } from '../../../../src/testing/request.ts'
import { topologyOf } from '../../../../src/testing/topology.ts'
import { compare, recorded } from './compare.ts'

const variable = (name: string, schema: object, required = false) => ({
  name,
  required,
  schema: { openAPIV3Schema: schema },
})
const answer = (...variables: object[]) => ({ variables })
const proxy = { type: 'string' }
const strict = { type: 'string', pattern: '^https://' }
const rule = { rule: 'self != ""' }
const clusters = [
  recorded('beforeclustercreate', {
    ...requestOf(BeforeClusterCreate, { cluster: clusterOf({ name: 'one' }) }),
    cluster: {
      metadata: { name: 'one', namespace: 'default' },
      spec: { topology: { variables: [{ name: 'proxy', value: 'http://proxy' }] } },
    },
  }),
  recorded('generatepatches', requestOf(GeneratePatches, topologyOf({ variables: { size: 3 } }))),
]
const changes = (before: object, after: object) =>
  compare(DiscoverVariables, requestOf(DiscoverVariables), before, after, clusters)

it.each([
  [
    'gone',
    answer(variable('proxy', proxy)),
    answer(),
    ['', 'decides otherwise', 'variable "proxy" is gone: default/one set it'],
  ],
  [
    'gone, and unused',
    answer(variable('other', proxy)),
    answer(),
    ['', 'decides otherwise', 'variable "other" is gone: no recorded Cluster sets it'],
  ],
  [
    'stricter than a value',
    answer(variable('proxy', proxy)),
    answer(variable('proxy', strict)),
    [
      'default/one',
      'decides otherwise',
      'variable "proxy" refuses what the Cluster sets: proxy does not match ^https://',
    ],
  ],
  [
    'stricter than a value of a patched Cluster',
    answer(variable('size', { type: 'integer' })),
    answer(variable('size', { type: 'integer', maximum: 2 })),
    [
      'default/demo',
      'decides otherwise',
      'variable "size" refuses what the Cluster sets: size is above 2',
    ],
  ],
  [
    'required',
    answer(variable('proxy', proxy)),
    answer(variable('proxy', proxy, true)),
    [
      'default/demo',
      'decides otherwise',
      'variable "proxy" is required now, and the Cluster does not set it',
    ],
  ],
  [
    'of other CEL rules',
    answer(variable('proxy', proxy)),
    answer(variable('proxy', { ...proxy, maxLength: 99, 'x-kubernetes-validations': [rule] })),
    ['', 'could not tell', 'the rules (x-kubernetes-validations) of variable "proxy" are others'],
  ],
])('a variable that is %s', async (_, before, after, expected) => {
  const effects = await changes(before, after)
  expect(effects.map(({ cluster, verdict, reason }) => [cluster, verdict, reason])).toEqual([
    expected,
  ])
})

it.each([
  [
    'other',
    answer(variable('proxy', proxy)),
    answer(variable('proxy', { ...proxy, maxLength: 99 })),
  ],
  ['new', answer(), answer(variable('region', proxy))],
])('a variable that is %s is worth a note', async (_, before, after) => {
  const effects = await changes(before, after)
  expect(effects).toMatchObject([{ verdict: 'nothing', notes: [expect.any(String)] }])
})

it.each([
  [
    'a value that did not fit before either',
    answer(variable('proxy', strict)),
    answer(variable('proxy', { ...strict, maxLength: 99 })),
  ],
  [
    'what was required before',
    answer(variable('region', proxy, true)),
    answer(variable('region', { ...proxy, maxLength: 99 }, true)),
  ],
])('%s stops no Cluster', async (_, before, after) => {
  const effects = await changes(before, after)
  expect(effects).toMatchObject([{ verdict: 'nothing', notes: [expect.any(String)] }])
})

it('a new variable that is required stops Clusters, unless it has a default', async () => {
  const effects = await changes(answer(), answer(variable('region', proxy, true)))
  expect(effects.map(({ cluster, verdict }) => [cluster, verdict])).toEqual([
    ['', 'nothing'],
    ['default/one', 'decides otherwise'],
    ['default/demo', 'decides otherwise'],
  ])
  const withDefault = variable('region', { ...proxy, default: 'eu' }, true)
  expect(await changes(answer(), answer(withDefault))).toMatchObject([
    { cluster: '', verdict: 'could not tell' },
  ])
})

it('a new default cannot be told: recorded requests are without it', async () => {
  const before = variable('region', proxy)
  const after = variable('region', { ...proxy, default: 'eu' })
  expect(await changes(answer(before), answer(after))).toMatchObject([
    { verdict: 'could not tell', needs: expect.stringContaining('render … --save') },
  ])
})

it('names a declaration that Cluster API refuses', async () => {
  const effects = await changes(answer(), answer(variable('a.b', proxy)))
  expect(effects).toMatchObject([
    { verdict: 'error', reason: 'Cluster API refuses it: "a.b" has a "." in it' },
  ])
})

it('says nothing of the same variables in another order', async () => {
  const two = [variable('proxy', proxy), variable('size', { type: 'integer' })]
  expect(await changes(answer(...two), answer(...two.toReversed()))).toEqual([
    { cluster: '', holder: 'DiscoverVariables', verdict: 'nothing', changes: [], rules: [] },
  ])
})
