import { BeforeClusterCreate, GeneratePatches } from 'capi-extension/hooks'
import { KubeadmControlPlaneTemplate } from 'capi-extension/kubeadm'
import { callHook, requestOf, topologyOf } from 'capi-extension/testing'
import { expect, it } from 'vitest'
import 'capi-extension/testing/vitest'
import beforeClusterCreate from '../src/hooks/before-cluster-create.ts'
import generatePatches from '../src/hooks/generate-patches.ts'

const settings = { maxClusters: 1 }

it('holds a Cluster back while its namespace has no room', async () => {
  const context = { settings, hasRoom: async () => false }
  const answer = await callHook(beforeClusterCreate, requestOf(BeforeClusterCreate), context)
  expect(answer).toMatchObject({ retryAfterSeconds: 30, message: 'Waiting for quota' })
})

it('writes the message of the day on control planes', async () => {
  const request = requestOf(GeneratePatches, topologyOf({ variables: { motd: 'Hello' } }))
  const answer = await callHook(generatePatches, request, { settings, hasRoom: async () => true })
  const files = [{ path: '/etc/motd', content: 'Hello' }]
  const spec = { template: { spec: { kubeadmConfigSpec: { files } } } }
  expect(answer).toPatch(KubeadmControlPlaneTemplate, { spec })
})
