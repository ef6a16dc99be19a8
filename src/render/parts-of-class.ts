import type { JsonObject } from '../json/json.ts'
import { StartError } from '../messages/start-error.ts'
import { assumedContractVersion, definedContractVersion } from './contract-version.ts'
import type { FindTemplate } from './find-template.ts'
import { generatedName, simpleName } from './names.ts'
import type {
  ContractVersion,
  Template,
  TopologyCluster,
  TopologyParts,
  Workers,
  WorkersKind,
  WorkersParts,
} from './parts.ts'
import { objectOf } from './places.ts'
import { desiredCluster } from './read-cluster.ts'
import type { ClusterClass } from './read-cluster-class.ts'
import { storedControlPlane, storedWorkers, textAt } from './stored.ts'

/** What the parts of a topology are read from. */
interface Sources {
  readonly clusterClass: ClusterClass
  readonly cluster: TopologyCluster
  readonly objects: readonly JsonObject[]
  readonly find: FindTemplate
  readonly note: (sentence: string) => void
}

/** The parts of a topology as the controller computes them (exp/topology/desiredstate/desired_state.go). */
export function partsOfClass(sources: Sources): TopologyParts {
  const { clusterClass, cluster } = sources
  const { machineDeployments, machinePools } = cluster.spec.topology.workers ?? {}
  const controlPlane = controlPlaneOf(sources)
  return {
    cluster: desiredCluster(cluster, controlPlane.version),
    infrastructureCluster: sources.find(clusterClass.spec.infrastructure.templateRef),
    controlPlane,
    workers: [
      ...(machineDeployments ?? []).map((part) => workersOf(sources, 'MachineDeployment', part)),
      ...(machinePools ?? []).map((part) => workersOf(sources, 'MachinePool', part)),
    ],
  }
}

function controlPlaneOf(sources: Sources): TopologyParts['controlPlane'] {
  const { clusterClass, cluster, objects, find } = sources
  const { templateRef, metadata, naming, machineInfrastructure } = clusterClass.spec.controlPlane
  const template = find(templateRef)
  const stored = storedControlPlane(objects, cluster, template)
  const machineTemplate = ['spec', 'machineTemplate'] as const
  const own = cluster.spec.controlPlaneRef?.name ?? textAt(stored, 'metadata', 'name')
  const machines =
    textAt(stored, ...machineTemplate, 'spec', 'infrastructureRef', 'name') ??
    textAt(stored, ...machineTemplate, 'infrastructureRef', 'name')
  const { name: clusterName } = cluster.metadata
  return {
    name:
      own ??
      newName(sources, 'control plane', naming?.template || '{{ .cluster.name }}-{{ .random }}'),
    version: versionOf(sources, 'control plane', textAt(stored, 'spec', 'version')),
    template,
    contractVersion: contractOf(sources, template),
    metadata,
    ...(machineInfrastructure && {
      machines: {
        name: machines ?? simpleName(`${clusterName}-`),
        template: find(machineInfrastructure.templateRef),
      },
    }),
  }
}

function contractOf({ objects, note }: Sources, template: Template): ContractVersion {
  const defined = definedContractVersion(template, objects)
  if (defined) return defined
  const assumed = assumedContractVersion(template)
  const { kind } = objectOf(template)
  if (kind !== 'KubeadmControlPlane')
    note(
      `The contract of Cluster API that ${kind} keeps is taken from its version, ${assumed}: its CustomResourceDefinition among the objects would tell.`,
    )
  return assumed
}

function workersOf(sources: Sources, kind: WorkersKind, topology: Workers): WorkersParts {
  const { clusterClass, cluster, objects, find } = sources
  const key = kind === 'MachineDeployment' ? 'machineDeployments' : 'machinePools'
  const ofClass = clusterClass.spec.workers?.[key]?.find(
    (candidate) => candidate.class === topology.class,
  )
  if (!ofClass)
    throw new StartError(
      `the ${kind} ${topology.name} of the Cluster ${cluster.metadata.name} is of the class ${topology.class}: the ClusterClass ${clusterClass.metadata.name} has none of that name`,
    )
  const stored = storedWorkers(objects, cluster, kind, topology.name)
  const path = ['spec', 'template', 'spec'] as const
  const prefix = `${cluster.metadata.name}-${topology.name}-`
  const field = kind === 'MachineDeployment' ? 'machineDeployment' : 'machinePool'
  const pattern =
    ofClass.naming?.template || `{{ .cluster.name }}-{{ .${field}.topologyName }}-{{ .random }}`
  const where = `${kind} ${topology.name}`
  return {
    kind,
    topology,
    metadata: ofClass.metadata,
    name:
      textAt(stored, 'metadata', 'name') ??
      newName(sources, where, pattern, { [field]: { topologyName: topology.name } }),
    version: versionOf(sources, where, textAt(stored, ...path, 'version')),
    bootstrap: {
      name: textAt(stored, ...path, 'bootstrap', 'configRef', 'name') ?? simpleName(prefix),
      template: find(ofClass.bootstrap.templateRef),
    },
    infrastructure: {
      name: textAt(stored, ...path, 'infrastructureRef', 'name') ?? simpleName(prefix),
      template: find(ofClass.infrastructure.templateRef),
    },
  }
}

function newName(sources: Sources, where: string, template: string, values: JsonObject = {}) {
  const { name } = sources.cluster.metadata
  const generated = generatedName(template, { cluster: { name }, ...values })
  if (generated !== undefined) {
    sources.note(`The name of the ${where} is not known: ${generated} stands for it.`)
    return generated
  }
  const standIn = simpleName(`${name}-`)
  sources.note(
    `The name of the ${where} is not known: ${standIn} stands for it, since its naming template is not understood: ${template}`,
  )
  return standIn
}

// During an upgrade what exists goes on with its version until it is its turn.
function versionOf({ cluster, note }: Sources, where: string, current: string | undefined) {
  const { version } = cluster.spec.topology
  if (current === undefined || current === version) return version
  note(
    `The ${where} is at ${current} and not yet at ${version}: the render is of the time before it is upgraded.`,
  )
  return current
}
