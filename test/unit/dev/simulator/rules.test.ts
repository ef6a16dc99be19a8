import { describe, expect, it } from 'vitest'
import type { SimulationOptions } from '../../../../src/dev/simulator/scenario/simulate-cluster.ts'
import { isObject, type JsonObject } from '../../../../src/json/json.ts'
import { at } from '../../../../src/json/path.ts'
import { type RuleId, rules } from '../../../../src/rules/table.ts'
import { type Answer, discovery, encode, Raw } from './fake-extension.ts'
import { play } from './play.ts'

const success = { status: 'Success' }
const apiVersion = 'hooks.runtime.cluster.x-k8s.io/v1alpha1'

/** Discovery with one more handler, or with a change to the one of a hook. */
const more = (handler: JsonObject): Record<string, Answer> => ({
  Discovery: () =>
    discovery({ name: 'more', requestHook: hook('BeforeClusterCreate'), ...handler }),
})
const changed = (name: string, change: JsonObject): Answer => {
  const handlers = discovery()['handlers'] as JsonObject[]
  return () => ({
    ...success,
    handlers: handlers.map((handler) => ({ ...handler, ...(handler['name'] === name && change) })),
  })
}
const hook = (name: string) => ({ apiVersion, hook: name })

const variable = (change: JsonObject, schema: JsonObject = { type: 'string' }) => ({
  DiscoverVariables: () => ({
    ...success,
    variables: [{ name: 'v', required: false, schema: { openAPIV3Schema: schema }, ...change }],
  }),
})

/** GeneratePatches with one patch for the template of a kind. */
const patch = (kind: string, answer: JsonObject): Record<string, Answer> => ({
  GeneratePatches: ({ items }) => {
    const all: JsonObject[] = Array.isArray(items) ? items : []
    const found = all.filter((item) => at(item, 'object', 'kind') === kind)
    return { ...success, items: found.map(({ uid }) => ({ uid, ...answer })) }
  },
})
const merge = (kind: string, content: unknown) => patch(kind, encode('JSONMergePatch', content))

const plan = (controlPlane: string[], workers: string[] = []): Record<string, Answer> => ({
  GenerateUpgradePlan: () => ({
    ...success,
    controlPlaneUpgrades: controlPlane.map((version) => ({ version })),
    workersUpgrades: workers.map((version) => ({ version })),
  }),
})
// What comes with a plan that never changes while the Cluster moves along it.
const always = (rule: RuleId): RuleId[] => [rule, 'plan-order', 'plan-not-needed']

interface Case {
  readonly answers?: Readonly<Record<string, Answer>>
  readonly options?: Partial<SimulationOptions> & { milliseconds?: number }
  /** All rules that the answers break, the one by default. */
  readonly found?: readonly RuleId[]
}

const cases: Record<RuleId, Case> = {
  'no-answer': { answers: { BeforeClusterCreate: () => undefined } },
  timeout: {
    answers: {
      Discovery: changed('before-cluster-delete', { timeoutSeconds: 1 }),
      BeforeClusterDelete: () => new Promise(() => {}),
    },
  },
  'http-status': { answers: { BeforeClusterCreate: () => new Raw(500, 'bang') } },
  'body-size': {
    answers: { BeforeClusterCreate: () => new Raw(200, ' '.repeat(20 * 1024 * 1024 + 1)) },
  },
  undecodable: { answers: { BeforeClusterCreate: () => new Raw(200, '<html>') } },
  'unknown-field': { answers: { ValidateTopology: () => ({ ...success, retry: 5 }) } },
  'missing-field': { answers: { BeforeClusterCreate: () => success } },
  'unknown-status': { answers: { ValidateTopology: () => ({ status: 'OK' }) } },
  'failure-message': {
    answers: { ValidateTopology: () => ({ status: 'Failure' }) },
    found: ['failure-message', 'failure'],
  },
  'block-message': {
    answers: {
      BeforeClusterCreate: (_, calls) => ({ ...success, retryAfterSeconds: calls === 0 ? 5 : 0 }),
    },
  },
  'changing-message': {
    answers: {
      BeforeClusterCreate: (_, calls) => ({
        ...success,
        retryAfterSeconds: calls < 2 ? 5 : 0,
        message: calls < 2 ? `Waiting, attempt ${calls}` : 'Go',
      }),
    },
  },
  'changing-answer': {
    answers: {
      DiscoverVariables: (_, calls) =>
        variable({}, { type: 'string', description: `${calls}` }).DiscoverVariables(),
    },
  },
  'negative-retry': {
    answers: { BeforeClusterCreate: () => ({ ...success, retryAfterSeconds: -1 }) },
  },
  'retry-ignored': {
    answers: {
      AfterControlPlaneInitialized: () => ({ ...success, retryAfterSeconds: 5, message: 'Later' }),
    },
  },
  slow: { options: { milliseconds: 201 } },
  'not-idempotent': {
    answers: {
      BeforeClusterDelete: (_, calls) =>
        calls === 0
          ? { ...success, retryAfterSeconds: 0 }
          : { status: 'Failure', message: 'It is gone', retryAfterSeconds: 0 },
    },
  },
  failure: { answers: { ValidateTopology: () => ({ status: 'Failure', message: 'No' }) } },
  'blocked-too-long': {
    answers: {
      BeforeClusterCreate: () => ({ ...success, retryAfterSeconds: 61, message: 'Waiting' }),
    },
  },

  'handler-name': { answers: more({ name: 'Not_a_label' }) },
  'handler-unique': { answers: more({ name: 'before-cluster-create' }) },
  'handler-timeout': { answers: more({ timeoutSeconds: 31 }) },
  'handler-failure-policy': { answers: more({ failurePolicy: 'Retry' }) },
  'handler-hook': { answers: more({ requestHook: hook('BeforeLunch') }) },
  'handler-single': { answers: more({ requestHook: hook('UpdateMachine') }) },
  'handler-missing': {
    answers: { Discovery: changed('update-machine', { requestHook: hook('BeforeClusterCreate') }) },
  },

  'variable-name': { answers: variable({ name: 'a.b' }) },
  'variable-unique': {
    answers: {
      DiscoverVariables: () => {
        const { variables } = variable({}).DiscoverVariables()
        return { ...success, variables: [...variables, ...variables] }
      },
    },
  },
  'variable-metadata': {
    answers: variable({ deprecatedV1Beta1Metadata: { labels: { '-bad': 'x' } } }),
  },
  'variable-schema': { answers: variable({}, { type: 'array' }) },
  'variable-rule-bounds': {
    answers: variable(
      {},
      {
        type: 'object',
        properties: { a: { type: 'array', items: { type: 'integer' } } },
        'x-kubernetes-validations': [{ rule: 'self.a.all(x, self.a.exists(y, x < y))' }],
      },
    ),
  },
  'variable-value': { answers: variable({}, { type: 'string', default: 5 }) },
  'variable-conflict': {
    answers: {
      ...more({ requestHook: hook('DiscoverVariables') }),
      DiscoverVariables: (_, calls) =>
        variable({}, { type: calls < 2 ? 'string' : 'boolean' }).DiscoverVariables(),
    },
  },

  'patch-uid': {
    answers: {
      GeneratePatches: () => ({ ...success, items: [{ uid: '?', ...encode('JSONPatch', []) }] }),
    },
  },
  'patch-format': { answers: patch('DevClusterTemplate', encode('JSONPatch', {})) },
  'patch-apply': {
    answers: patch(
      'DevClusterTemplate',
      encode('JSONPatch', [{ op: 'add', path: '/spec/template/spec/a/b', value: 1 }]),
    ),
  },
  'patch-dropped': { answers: merge('DevClusterTemplate', { spec: { other: true } }) },
  'patch-overridden': {
    answers: merge('KubeadmControlPlaneTemplate', {
      spec: { template: { spec: { rollout: { after: '2026-01-01T00:00:00Z' } } } },
    }),
  },
  'patch-changing': {
    answers: {
      GeneratePatches: ({ items }) => ({
        ...success,
        items: (Array.isArray(items) ? items : []).filter(isObject).map(({ uid }, index) => ({
          uid,
          ...encode('JSONMergePatch', { spec: { template: { spec: { index } } } }),
        })),
      }),
    },
  },

  'plan-version': { answers: plan(['new']) },
  'plan-not-needed': { answers: plan(['v1.35.0', 'v1.36.4']), found: always('plan-not-needed') },
  'plan-order': { answers: plan(['v1.33.0']), found: always('plan-order') },
  'plan-skips-minor': {
    answers: plan(['v1.36.4']),
    found: ['plan-skips-minor', 'plan-not-needed'],
  },
  'plan-end': {
    answers: plan(['v1.35.0']),
    found: ['plan-end', 'plan-order', 'plan-not-needed'],
  },
  'workers-plan-not-needed': { answers: {} },
  'workers-plan-foreign': {
    answers: plan(['v1.35.0', 'v1.36.4'], ['v1.35.1']),
    found: always('workers-plan-foreign'),
  },
  'workers-plan-order': {
    answers: plan(['v1.35.0', 'v1.36.4'], ['v1.36.4', 'v1.35.0']),
    found: always('workers-plan-order'),
  },
  'workers-plan-build-order': { answers: {} },
  'workers-plan-skew': { answers: {} },
  'workers-plan-end': {
    answers: plan(['v1.35.0', 'v1.36.4'], ['v1.35.0']),
    found: always('workers-plan-end'),
  },
}

// These need other versions than those of the scenario: upgrade-plan.test.ts has them.
const elsewhere: readonly string[] = [
  'workers-plan-not-needed',
  'workers-plan-build-order',
  'workers-plan-skew',
]

/** Plays with handlers for the broken hooks only, unless the case has a Discovery of its own. */
async function findings({ answers = {}, options = {} }: Case) {
  const handlers = (discovery()['handlers'] as JsonObject[]).filter(
    ({ requestHook }) => String(at(requestHook, 'hook')) in answers,
  )
  const few = { Discovery: () => ({ ...success, handlers }) }
  const { summary } = await play({ ...(handlers.length > 0 && few), ...answers }, options)
  return summary
}

it('finds nothing in good answers', async () => {
  const { summary } = await play()
  expect(summary.findings).toEqual([])
  expect(summary.hooksCalled).toHaveLength(17)
})

describe.each(Object.entries(cases).filter(([rule]) => !elsewhere.includes(rule)))(
  '%s',
  (rule, { found = [rule as RuleId], ...broken }) => {
    it('is found where it is broken, and no other rule is', async () => {
      const { findings: all, breaks, warnings } = await findings(broken)
      expect(new Set(all.map((finding) => finding.rule))).toEqual(new Set(found))
      const { level } = rules[rule as RuleId]
      expect({ breaks: breaks > 0, warnings: warnings > 0 }).toEqual({
        breaks: level === 'break',
        warnings: level === 'warning',
      })
    })
  },
)
