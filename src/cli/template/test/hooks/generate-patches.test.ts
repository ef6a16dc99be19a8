import { GeneratePatches } from 'capi-extension/hooks'
import { callHook, requestOf, topologyOf } from 'capi-extension/testing'
import 'capi-extension/testing/vitest'
import { expect, it } from 'vitest'
import hook from '../../src/hooks/generate-patches.ts'

it('changes nothing unless the Cluster sets the variable', async () => {
  expect(await callHook(hook, requestOf(GeneratePatches))).toMatchObject({ items: [] })
})

it('lets the kubelets take as many Pods as the Cluster says', async () => {
  const request = requestOf(GeneratePatches, topologyOf({ variables: { maxPods: 200 } }))
  const kubeletExtraArgs = [{ name: 'max-pods', value: '200' }]
  const joinConfiguration = { nodeRegistration: { kubeletExtraArgs } }
  expect(await callHook(hook, request)).toPatch('KubeadmConfigTemplate', {
    spec: { template: { spec: { joinConfiguration } } },
  })
})
