import { expect, it } from 'vitest'
import { UpdateMachine } from '../../../../src/contract/in-place-update.ts'
import { BeforeClusterCreate, BeforeClusterDelete } from '../../../../src/contract/lifecycle.ts'
import { ValidateTopology } from '../../../../src/contract/topology.ts'
import { GenerateUpgradePlan } from '../../../../src/contract/upgrade-plan.ts'
import { compareOf } from '../../../../src/dev/guard/compare/index.ts'
import { requestOf } from '../../../../src/testing/request.ts'
import { compare } from './compare.ts'

const blocks = { retryAfterSeconds: 30, message: 'Waiting for quota' }
const fails = { status: 'Failure', message: 'no quota' }
const create = requestOf(BeforeClusterCreate)

it.each([
  [{}, blocks, 'goes on before, now blocks for 30 s: Waiting for quota'],
  [blocks, {}, 'blocks for 30 s: Waiting for quota before, now goes on'],
  [{}, fails, 'goes on before, now fails: no quota'],
  [fails, blocks, 'fails: no quota before, now blocks for 30 s: Waiting for quota'],
])('%j and then %j decides otherwise', async (before, after, reason) => {
  expect(await compare(BeforeClusterCreate, create, before, after)).toEqual([
    {
      cluster: 'default/demo',
      holder: 'BeforeClusterCreate',
      verdict: 'decides otherwise',
      reason,
      changes: [],
      rules: [],
    },
  ])
})

it.each([
  [{}, { retryAfterSeconds: 0 }],
  [blocks, blocks],
  [fails, fails],
])('%j and then %j changes nothing', async (before, after) => {
  const [effect] = await compare(BeforeClusterDelete, create, before, after)
  expect(effect).toMatchObject({ verdict: 'nothing' })
  expect(effect?.notes).toBeUndefined()
})

it.each([
  [blocks, { ...blocks, retryAfterSeconds: 60 }],
  [blocks, { ...blocks, message: 'Waiting' }],
  [fails, { ...fails, message: 'none left' }],
])('%j and then %j is worth a note', async (before, after) => {
  const [effect] = await compare(BeforeClusterCreate, create, before, after)
  expect(effect).toMatchObject({ verdict: 'nothing', notes: [expect.stringContaining(', now ')] })
})

it('ValidateTopology refuses what it accepted', async () => {
  const request = requestOf(ValidateTopology)
  const [effect] = await compare(ValidateTopology, request, {}, fails)
  expect(effect).toMatchObject({ cluster: 'default/demo', verdict: 'decides otherwise' })
})

it('UpdateMachine is not compared', () => {
  expect(compareOf(UpdateMachine)).toBeUndefined()
})

const plan = (...versions: string[]) => ({
  controlPlaneUpgrades: versions.map((version) => ({ version })),
})
const upgrade = requestOf(GenerateUpgradePlan, {
  fromControlPlaneKubernetesVersion: 'v1.34.0',
  fromWorkersKubernetesVersion: 'v1.34.0',
  toKubernetesVersion: 'v1.36.0',
})

it.each([
  [
    'another version between',
    plan('v1.35.0', 'v1.36.0'),
    plan('v1.35.8', 'v1.36.0'),
    'plans v1.35.8, v1.36.0 (workers v1.36.0), before v1.35.0, v1.36.0 (workers v1.36.0)',
  ],
  [
    'steps for the workers',
    plan('v1.35.0', 'v1.36.0'),
    {
      ...plan('v1.35.0', 'v1.36.0'),
      workersUpgrades: plan('v1.35.0', 'v1.36.0').controlPlaneUpgrades,
    },
    'plans v1.35.0, v1.36.0, before v1.35.0, v1.36.0 (workers v1.36.0)',
  ],
  [
    'an end too early',
    plan('v1.35.0', 'v1.36.0'),
    plan('v1.35.0'),
    'Cluster API refuses the plan now: the plan ends at v1.35.0, not at v1.36.0',
  ],
  ['a Failure', plan('v1.35.0', 'v1.36.0'), fails, 'goes on before, now fails: no quota'],
])('a plan with %s is another one', async (_, before, after, reason) => {
  const effects = await compare(GenerateUpgradePlan, upgrade, before, after)
  expect(effects).toMatchObject([{ cluster: 'default/demo', verdict: 'decides otherwise', reason }])
})

it.each([
  [
    'steps that the controller computes itself',
    { ...plan('v1.35.0', 'v1.36.0'), workersUpgrades: plan('v1.36.0').controlPlaneUpgrades },
    plan('v1.35.0', 'v1.36.0'),
  ],
  ['the same mistake', plan('v1.35.0'), plan('v1.35.0')],
])('a plan with %s is the same', async (_, before, after) => {
  const effects = await compare(GenerateUpgradePlan, upgrade, before, after)
  expect(effects).toMatchObject([{ verdict: 'nothing' }])
})
