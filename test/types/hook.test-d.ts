// Compiled by "npm run typecheck": each line below @ts-expect-error must not compile.

import type { HookContract } from '../../src/contract/contract.ts'
import { UpdateMachine } from '../../src/contract/in-place-update.ts'
import {
  AfterControlPlaneInitialized,
  BeforeClusterCreate,
  type BeforeClusterCreateRequest,
} from '../../src/contract/lifecycle.ts'
import { DiscoverVariables, GeneratePatches } from '../../src/contract/topology.ts'
import { GenerateUpgradePlan } from '../../src/contract/upgrade-plan.ts'
import type { Call } from '../../src/handler/context.ts'
import { defineHook } from '../../src/handler/hook.ts'
import type { Reply } from '../../src/handler/reply.ts'

// What must compile: nothing, a Success, a block, a Failure, and mixtures, with and without async.
defineHook(BeforeClusterCreate, () => {})
defineHook(BeforeClusterCreate, async ({ request }) => {
  if (request.cluster.spec.topology?.version === 'v1.36.4') return
  if (request.cluster.metadata.namespace === 'default')
    return { status: 'Failure', message: 'Not in the namespace default' }
  return { retryAfterSeconds: 30, message: 'Waiting for quota' }
})
defineHook(BeforeClusterCreate, ({ request }) =>
  request.cluster.spec.paused ? { retryAfterSeconds: 30, message: 'Paused' } : {},
)
defineHook(BeforeClusterCreate, ({ request }) => {
  const status = request.cluster.spec.paused ? 'Failure' : 'Success'
  return { status, message: 'A message in any case' }
})
defineHook(BeforeClusterCreate, async () => {
  throw new Error('a bug')
})
declare function load<T>(): Promise<T>
defineHook(BeforeClusterCreate, () => load())
defineHook(AfterControlPlaneInitialized, () => ({ status: 'Success', message: 'Installed' }))
defineHook(UpdateMachine, async () => ({ retryAfterSeconds: 5, message: 'Updating' }))
defineHook(GenerateUpgradePlan, () => ({ controlPlaneUpgrades: [{ version: 'v1.35.8' }] }))
defineHook(GenerateUpgradePlan, ({ request }) => ({
  controlPlaneUpgrades: [request.toKubernetesVersion].map((version) => ({ version })),
  workersUpgrades: undefined,
}))
defineHook(DiscoverVariables, () => ({
  variables: [
    {
      name: 'nested',
      required: true,
      schema: {
        openAPIV3Schema: {
          type: 'object',
          properties: { a: { type: 'string', default: 'x', enum: ['x', 5, null] } },
          'x-metadata': { labels: { a: 'b' } },
        },
      },
    },
  ],
}))
defineHook(GeneratePatches, ({ request }) => ({
  items: (request.items ?? []).map(({ uid }) => ({ uid, patchType: 'JSONPatch', patch: 'W10=' })),
}))

defineHook(GenerateUpgradePlan, async ({ request }) => {
  if (request.toKubernetesVersion === 'v1.36.4')
    return { status: 'Failure', message: 'Not this one' }
  return { controlPlaneUpgrades: [{ version: request.toKubernetesVersion }] }
})

// A wrapper for any hook declares the type of its handler.
export function observed<Request extends object, Response extends object>(
  contract: HookContract<Request, Response>,
  handler: (call: Call<Request>) => Promise<Reply<Response>>,
) {
  const wrapped = async (call: Call<Request>): Promise<Reply<Response>> => handler(call)
  return defineHook(contract, wrapped)
}

// @ts-expect-error a hook that cannot block has no retryAfterSeconds
defineHook(AfterControlPlaneInitialized, () => ({ retryAfterSeconds: 5, message: 'Wait' }))
// @ts-expect-error the same from an async handler
defineHook(AfterControlPlaneInitialized, async () => ({ retryAfterSeconds: 5, message: 'Wait' }))
// @ts-expect-error a Failure says why
defineHook(BeforeClusterCreate, () => ({ status: 'Failure' }))
// @ts-expect-error a block says why
defineHook(BeforeClusterCreate, () => ({ retryAfterSeconds: 5 }))
// @ts-expect-error one branch of several blocks without a message
defineHook(BeforeClusterCreate, async ({ request }) => {
  if (request.cluster.spec.paused) return { retryAfterSeconds: 5 }
  return
})
// @ts-expect-error the response has no field items
defineHook(BeforeClusterCreate, () => ({ items: [] }))
// @ts-expect-error the response has no field reason, beside fields that it has
defineHook(BeforeClusterCreate, async () => ({ message: 'Fine', reason: 'x' }))
// @ts-expect-error a Failure has no other fields
defineHook(BeforeClusterCreate, async () => ({ status: 'Failure', message: 'No', reason: 'x' }))
// @ts-expect-error there is no such status
defineHook(BeforeClusterCreate, () => ({ status: 'Error', message: 'No' }))
// @ts-expect-error a step is an object with a version
defineHook(GenerateUpgradePlan, () => ({ controlPlaneUpgrades: ['v1.35.8'] }))
// @ts-expect-error the controller knows no such patchType
defineHook(GeneratePatches, () => ({ items: [{ uid: 'a', patchType: 'Strategic', patch: '' }] }))
// @ts-expect-error what is unknown may be anything
defineHook(BeforeClusterCreate, async () => load<unknown>())
// @ts-expect-error a schema has no such keyword, however deep
defineHook(DiscoverVariables, () => ({
  variables: [{ name: 'a', required: true, schema: { openAPIV3Schema: { items: { typ: 'x' } } } }],
}))
// Fields of an object of an unknown kind, and labels, have any name.
defineHook(UpdateMachine, ({ request }) => {
  const { machine, infrastructureMachine } = request.desired
  const image: unknown = infrastructureMachine['image']
  const zone: string | undefined = machine.metadata.labels?.['zone']
  return image === zone ? undefined : { retryAfterSeconds: 5, message: 'Updating' }
})
// A function of a project takes a request by its name.
const namespaceOf = ({ cluster }: BeforeClusterCreateRequest): string => cluster.metadata.namespace
defineHook(BeforeClusterCreate, ({ request }) => ({
  status: 'Success',
  message: namespaceOf(request),
}))
// @ts-expect-error the request has no such field
defineHook(BeforeClusterCreate, ({ request }) => ({ message: request.kubernetesVersion }))
// @ts-expect-error there is no such failurePolicy
defineHook(BeforeClusterCreate, () => {}, { failurePolicy: 'Retry' })
