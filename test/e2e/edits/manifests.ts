import type { JsonObject } from '../../../src/json/json.ts'
import type { Program } from './extension.ts'

/** A MachineDeployment of a Cluster. */
export interface Workers {
  /** Its name in the topology, and that of its class. */
  readonly name: string
  readonly replicas: number
  /** 0: one Machine may be missing instead. OnDelete: Machines are replaced when somebody deletes them. */
  readonly maxSurge: number | 'OnDelete'
}

/** What a Cluster of the test starts with. */
export interface Start {
  readonly name: string
  readonly controlPlane: number
  readonly workers: readonly Workers[]
  /** Version of the templates of its ClusterClass. */
  readonly version: 'v1beta1' | 'v1beta2'
  /** Whether its extension serves CanUpdateMachine, CanUpdateMachineSet and UpdateMachine. */
  readonly inPlace: boolean
  readonly program: Program
}

/** Name of the ExtensionConfig of a Cluster, and of the label that its namespace has. */
export const extensionOf = ({ inPlace }: Pick<Start, 'inPlace'>) =>
  inPlace ? 'edits-in-place' : 'edits'

type Version = Start['version']

const soon = { provisioning: { startupDuration: '1s', startupJitter: '0.2' } }
const evictionHard = 'nodefs.available<0%,imagefs.available<0%'

/** Arguments in the form of the version. */
const argumentsIn = (version: Version, pairs: Readonly<Record<string, string>>) =>
  version === 'v1beta1' ? pairs : Object.entries(pairs).map(([name, value]) => ({ name, value }))

const registration = (version: Version) => ({
  nodeRegistration: {
    kubeletExtraArgs: argumentsIn(version, { 'eviction-hard': evictionHard, v: '2' }),
  },
})

// The in-memory provider holds CoreDNS in a form that cannot be updated.
const skipCoreDNS = { 'controlplane.cluster.x-k8s.io/skip-coredns': '' }

/** The kinds of templates, by what they are for, and what they hold. */
const contents = {
  cluster: () => ({ spec: { backend: { inMemory: {} } } }),
  'control-plane': (version: Version) => ({
    metadata: { annotations: skipCoreDNS },
    spec: {
      kubeadmConfigSpec: {
        clusterConfiguration: { apiServer: { certSANs: ['localhost', '127.0.0.1'] } },
        initConfiguration: registration(version),
        joinConfiguration: registration(version),
      },
    },
  }),
  config: (version: Version) => ({ spec: { joinConfiguration: registration(version) } }),
  machine: () => ({
    spec: { backend: { inMemory: { vm: soon, node: soon, apiServer: soon, etcd: soon } } },
  }),
}
const kinds = {
  cluster: ['infrastructure', 'DevClusterTemplate'],
  'control-plane': ['controlplane', 'KubeadmControlPlaneTemplate'],
  config: ['bootstrap', 'KubeadmConfigTemplate'],
  machine: ['infrastructure', 'DevMachineTemplate'],
} as const
/** What a template is for. */
export type Role = keyof typeof kinds

/** A template of a ClusterClass in a version. */
export function template(
  role: Role,
  version: Version,
  name: string,
  namespace: string,
): JsonObject {
  return {
    ...identity(role, version),
    metadata: { name, namespace },
    spec: { template: contents[role](version) },
  }
}

function identity(role: Role, version: Version) {
  const [group, kind] = kinds[role]
  return { apiVersion: `${group}.cluster.x-k8s.io/${version}`, kind }
}

const reference = (role: Role, version: Version, name: string) => ({
  templateRef: { ...identity(role, version), name },
})

/** The ClusterClass, its templates and the Cluster. */
export function manifests({ name: namespace, ...start }: Start): {
  others: JsonObject[]
  cluster: JsonObject
} {
  const { version, workers } = start
  const names: [Role, string][] = [
    ['cluster', 'cluster'],
    ['control-plane', 'control-plane'],
    ['machine', 'control-plane'],
    ...workers.flatMap(({ name }): [Role, string][] => [
      ['config', name],
      ['machine', name],
    ]),
  ]
  const others = [
    ...names.map(([role, name]) => template(role, version, name, namespace)),
    {
      apiVersion: 'cluster.x-k8s.io/v1beta2',
      kind: 'ClusterClass',
      metadata: { name: 'class', namespace },
      spec: {
        infrastructure: reference('cluster', version, 'cluster'),
        controlPlane: {
          ...reference('control-plane', version, 'control-plane'),
          machineInfrastructure: reference('machine', version, 'control-plane'),
        },
        workers: {
          machineDeployments: workers.map(({ name, maxSurge }) => ({
            class: name,
            rollout: { strategy: strategyOf(maxSurge) },
            bootstrap: reference('config', version, name),
            infrastructure: reference('machine', version, name),
          })),
        },
        variables: [inlineVariable],
        patches: [inlinePatch(version, workers), extensionPatch(extensionOf(start))],
      },
    },
  ]
  const cluster = {
    apiVersion: 'cluster.x-k8s.io/v1beta2',
    kind: 'Cluster',
    metadata: { name: namespace, namespace },
    spec: {
      clusterNetwork: {
        services: { cidrBlocks: ['10.128.0.0/12'] },
        pods: { cidrBlocks: ['192.168.0.0/16'] },
        serviceDomain: 'cluster.local',
      },
      topology: {
        classRef: { name: 'class' },
        version: 'v1.34.0',
        controlPlane: { replicas: start.controlPlane },
        workers: {
          machineDeployments: workers.map(({ name, replicas }) => ({
            class: name,
            name,
            replicas,
          })),
        },
      },
    },
  }
  return { others, cluster }
}

const strategyOf = (maxSurge: Workers['maxSurge']) =>
  maxSurge === 'OnDelete'
    ? { type: 'OnDelete' }
    : {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge, maxUnavailable: maxSurge === 0 ? 1 : 0 },
      }

const inlineVariable = {
  name: 'announcement',
  required: false,
  schema: { openAPIV3Schema: { type: 'string' } },
}
// Before that of the extension, and with a Go template.
const inlinePatch = (version: Version, workers: readonly Workers[]) => ({
  name: 'announcement',
  enabledIf: '{{ if .announcement }}true{{ end }}',
  definitions: [
    {
      selector: {
        ...identity('config', version),
        matchResources: { machineDeploymentClass: { names: workers.map(({ name }) => name) } },
      },
      jsonPatches: [
        {
          op: 'add',
          path: '/spec/template/spec/preKubeadmCommands',
          valueFrom: {
            template: '- echo {{ .announcement }}\n- echo {{ .builtin.machineDeployment.class }}\n',
          },
        },
      ],
    },
  ],
})
const extensionPatch = (extension: string) => ({
  name: 'extension',
  external: {
    discoverVariablesExtension: `discover-variables.${extension}`,
    generatePatchesExtension: `generate-patches.${extension}`,
  },
})
