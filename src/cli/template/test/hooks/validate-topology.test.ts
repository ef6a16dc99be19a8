import { ValidateTopology } from 'capi-extension/hooks'
import { callHook, requestOf, topologyOf } from 'capi-extension/testing'
import { expect, it } from 'vitest'
import hook from '../../src/hooks/validate-topology.ts'

it('accepts a topology', async () => {
  expect(await callHook(hook, requestOf(ValidateTopology))).toMatchObject({ status: 'Success' })
})

it('refuses a file that everybody may write', async () => {
  const files = [{ path: '/etc/motd', content: 'Hello', permissions: '0666' }]
  const bootstrap = {
    apiVersion: 'bootstrap.cluster.x-k8s.io/v1beta2',
    kind: 'KubeadmConfigTemplate',
    spec: { template: { spec: { files } } },
  }
  const templates = { machineDeployments: { bootstrap } }
  const request = requestOf(ValidateTopology, topologyOf({ templates }))
  expect(await callHook(hook, request)).toMatchObject({
    status: 'Failure',
    message: 'everybody may write /etc/motd',
  })
})
