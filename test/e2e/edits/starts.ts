import type { Program, Setting } from './extension.ts'
import type { Start, Workers } from './manifests.ts'

const none: Program = { settings: [], updatable: {} }
const template = ['spec', 'template', 'spec']
const files = [{ path: '/etc/proof', content: '$(greeting)\n' }]
const greetings: Setting[] = [
  {
    kind: 'KubeadmControlPlaneTemplate',
    path: [...template, 'kubeadmConfigSpec', 'files'],
    value: files,
  },
  { kind: 'KubeadmConfigTemplate', path: [...template, 'files'], value: files },
]
const oneByOne: Setting = {
  kind: 'KubeadmControlPlaneTemplate',
  path: [...template, 'rollout', 'strategy'],
  value: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0 } },
}
const workers = (name: string, replicas: number, maxSurge: Workers['maxSurge']) => ({
  ...{ name, replicas, maxSurge },
})

/** The Clusters that are edited. */
export const starts: readonly Start[] = [
  {
    name: 'edits-plain',
    controlPlane: 1,
    workers: [workers('md-0', 2, 1), workers('md-1', 1, 'OnDelete')],
    version: 'v1beta2',
    inPlace: false,
    program: { ...none, settings: greetings },
  },
  {
    name: 'edits-older',
    controlPlane: 1,
    workers: [workers('md-0', 1, 1), workers('md-1', 2, 0)],
    version: 'v1beta1',
    inPlace: false,
    program: { ...none, settings: greetings },
  },
  {
    name: 'edits-in-place',
    controlPlane: 3,
    workers: [workers('md-0', 2, 0)],
    version: 'v1beta2',
    inPlace: true,
    program: {
      settings: [...greetings, oneByOne],
      updatable: { bootstrapConfig: { KubeadmConfig: ['files'] } },
    },
  },
  {
    name: 'edits-surge',
    controlPlane: 1,
    workers: [workers('md-0', 3, 1)],
    version: 'v1beta2',
    inPlace: true,
    program: {
      settings: greetings,
      updatable: { bootstrapConfig: { KubeadmConfig: ['files', 'preKubeadmCommands'] } },
    },
  },
  {
    name: 'edits-surge-older',
    controlPlane: 1,
    workers: [workers('md-0', 1, 0), workers('md-1', 2, 1)],
    version: 'v1beta1',
    inPlace: true,
    program: {
      settings: greetings,
      updatable: {
        bootstrapConfig: { KubeadmConfig: ['files', 'joinConfiguration'] },
        infrastructureMachine: { DevMachine: ['backend'] },
      },
    },
  },
]
