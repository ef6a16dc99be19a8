import { GeneratePatches, ValidateTopology } from 'capi-extension/hooks'
import { KubeadmConfigTemplate, KubeadmControlPlaneTemplate } from 'capi-extension/kubeadm'
import {
  callHook,
  patchedTemplate,
  patchedTemplates,
  requestOf,
  topologyOf,
} from 'capi-extension/testing'
import 'capi-extension/testing/vitest'
import { expect, it } from 'vitest'
import { AWSMachineTemplate } from '../src/aws.ts'
import generatePatches from '../src/hooks/generate-patches.ts'
import validateTopology from '../src/hooks/validate-topology.ts'

const machines = {
  apiVersion: 'infrastructure.cluster.x-k8s.io/v1beta2',
  kind: 'AWSMachineTemplate',
  spec: { template: { spec: { instanceType: 'm5.large' } } },
}
const templates = {
  controlPlaneMachines: machines,
  machineDeployments: { infrastructure: machines },
}
const requestWith = (variables: Record<string, unknown>) =>
  requestOf(GeneratePatches, topologyOf({ variables, templates }))

it('changes nothing unless a variable is set', async () => {
  expect(await callHook(generatePatches, requestWith({}))).toMatchObject({ items: [] })
})

it('tells containerd of proxy and mirror, on all machines', async () => {
  const proxy = { http: 'http://proxy:3128', https: 'http://proxy:3128', no: ['.svc'] }
  const request = requestWith({ proxy, registryMirror: 'https://mirror' })
  const answer = await callHook(generatePatches, request)
  const controlPlane = patchedTemplate(request, answer, KubeadmControlPlaneTemplate)
  const workers = patchedTemplate(request, answer, KubeadmConfigTemplate)
  for (const spec of [
    controlPlane.spec.template.spec?.kubeadmConfigSpec,
    workers.spec.template.spec,
  ]) {
    expect(spec?.files?.map(({ path }) => path)).toEqual([
      '/etc/systemd/system/containerd.service.d/proxy.conf',
      '/etc/containerd/certs.d/_default/hosts.toml',
    ])
    expect(spec?.preKubeadmCommands).toEqual([
      'systemctl daemon-reload',
      'systemctl restart containerd',
    ])
  }
})

it('gives the API server names, and labels to workers alone', async () => {
  const request = requestWith({
    apiServerNames: ['api.example.com'],
    workerLabels: { b: '2', a: '1' },
  })
  const answer = await callHook(generatePatches, request)
  const clusterConfiguration = { apiServer: { certSANs: ['api.example.com'] } }
  expect(answer).toPatch(KubeadmControlPlaneTemplate, {
    spec: { template: { spec: { kubeadmConfigSpec: { clusterConfiguration } } } },
  })
  const kubeletExtraArgs = [{ name: 'node-labels', value: 'a=1,b=2' }]
  expect(answer).toPatch(KubeadmConfigTemplate, {
    spec: { template: { spec: { joinConfiguration: { nodeRegistration: { kubeletExtraArgs } } } } },
  })
})

it('refuses a control plane that is too small', async () => {
  const request = requestWith({ instanceType: 't3.small' })
  const answer = await callHook(generatePatches, request)
  const selector = { matchResources: { controlPlane: true } }
  expect(answer).toPatch(
    AWSMachineTemplate,
    { spec: { template: { spec: { instanceType: 't3.small' } } } },
    selector,
  )
  const items = patchedTemplates(request, answer)
  const verdict = await callHook(
    validateTopology,
    requestOf(ValidateTopology, { ...request, items }),
  )
  expect(verdict).toMatchObject({
    status: 'Failure',
    message: 't3.small is too small for a control plane',
  })
})
