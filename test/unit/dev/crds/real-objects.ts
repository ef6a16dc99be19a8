import type { JsonObject } from '../../../../src/json/json.ts'

const contentFormat = { path: '/a', content: '{{ .a }}', contentFormat: 'Template' }

const template = (apiVersion: string, kind: string, spec: object, metadata?: object) => ({
  ...{ apiVersion, kind, metadata: { name: 'a', namespace: 'default' } },
  spec: { template: { ...(metadata && { metadata }), spec } },
})
const configOf = (group: string, spec: object, metadata?: object) =>
  template(`${group}/v1beta2`, 'KubeadmConfigTemplate', spec, metadata)
const config = (spec: object, metadata?: object) =>
  configOf('bootstrap.cluster.x-k8s.io', spec, metadata)
const controlPlane = (spec: object) =>
  template('controlplane.cluster.x-k8s.io/v1beta2', 'KubeadmControlPlaneTemplate', spec)
const machine = (spec: object) =>
  template('infrastructure.cluster.x-k8s.io/v1beta2', 'AWSMachineTemplate', spec)

/** Templates of real kinds, with whether the API server takes them; `old` are those of Cluster API v1.12. */
export const objects: readonly (readonly [name: string, isTaken: boolean, object: JsonObject])[] = [
  ['files', true, config({ files: [{ path: '/a', content: 'a', permissions: '0644' }] })],
  ['a contentFormat', true, config({ files: [contentFormat] })],
  ['a contentFormat in v1.12', false, configOf('old.example.com', { files: [contentFormat] })],
  ['an unknown contentFormat', false, config({ files: [{ path: '/a', contentFormat: 'jinja' }] })],
  ['a file without a path', false, config({ files: [{ content: 'a' }] })],
  ['permissions as a number', false, config({ files: [{ path: '/a', permissions: 644 }] })],
  ['an argument', true, config({ joinConfiguration: { nodeRegistration: { taints: [] } } })],
  [
    'arguments as a map',
    false,
    config({ joinConfiguration: { nodeRegistration: { kubeletExtraArgs: { a: 'b' } } } }),
  ],
  ['metadata of a template', true, config({ preKubeadmCommands: ['a'] }, { labels: { a: 'b' } })],
  ['a name of a template', false, config({ preKubeadmCommands: ['a'] }, { name: 'a' })],
  ['no commands', false, config({ preKubeadmCommands: [] })],
  ['an empty verbosity', true, config({ verbosity: 0 })],
  ['a strategy', true, controlPlane({ rollout: { strategy: { type: 'RollingUpdate' } } })],
  [
    'a surge',
    true,
    controlPlane({
      rollout: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '20%' } } },
    }),
  ],
  [
    'a negative time',
    false,
    controlPlane({ machineTemplate: { spec: { deletion: { nodeDrainTimeoutSeconds: -1 } } } }),
  ],
  ['a machine', true, machine({ instanceType: 'm5.large', iamInstanceProfile: 'nodes' })],
  ['a disk', true, machine({ instanceType: 'm5.large', rootVolume: { size: 8, type: 'gp3' } })],
  ['a small disk', false, machine({ instanceType: 'm5.large', rootVolume: { size: 1 } })],
  ['a machine without a type', false, machine({ sshKeyName: '' })],
  ['no options of a processor', false, machine({ instanceType: 'm5.large', cpuOptions: {} })],
  ['options of metadata', true, machine({ instanceType: 'm5.large', instanceMetadataOptions: {} })],
]
