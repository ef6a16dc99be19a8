// The templates of a topology, what is made of them and what holds that (createRequest in
// core/reconcilers/topology/cluster/patches/engine.go; exp/topology/desiredstate/desired_state.go).
import type { Variable } from '../contract/topology.ts'
import { isObject } from '../json/json.ts'
import { at } from '../json/path.ts'
import { controlPlaneBuiltin, workersBuiltin } from './builtins.ts'
import { clonedFrom, type Marks, ownedLabels, type StringMap } from './metadata.ts'
import type {
  GivenMetadata,
  Template,
  TopologyParts,
  Workers,
  WorkersKind,
  WorkersParts,
} from './parts.ts'

/** A template of a topology, and what it is for. */
export interface TemplatePlace {
  readonly holder: { readonly apiVersion: string; readonly kind: string; readonly name: string }
  readonly fieldPath: string
  readonly template: Template
  /** Whether a template again is made of it; else it is one object. */
  readonly staysTemplate: boolean
  /** Labels and annotations of what is made of it. */
  readonly marks: Marks
  /** Values that the topology sets for this part of the Cluster. */
  readonly overrides: readonly Variable[]
  /** The value of `builtin`; the templates of the infrastructure cluster have none of their own. */
  readonly builtin?: object
}

const core = 'cluster.x-k8s.io/v1beta2'

/** The templates of a topology in the order of the controller, workers in that of the Cluster. */
export function placesOf(parts: TopologyParts): TemplatePlace[] {
  return [...clusterPlaces(parts), ...parts.workers.flatMap((part) => workersPlaces(parts, part))]
}

function clusterPlaces({ cluster, infrastructureCluster, controlPlane }: TopologyParts) {
  const { name } = cluster.metadata
  const { topology } = cluster.spec
  const owner = { apiVersion: core, kind: 'Cluster', name }
  const owned = ownedLabels(name)
  const { template, contractVersion, machines, metadata } = controlPlane
  const given = metadataOf(topology.controlPlane?.metadata, metadata)
  const marks = marksOf(template, false, { ...given.labels, ...owned }, given.annotations)
  const builtin = controlPlaneBuiltin(topology, controlPlane, marks)
  const overrides = overridesOf(topology.controlPlane)
  const places: TemplatePlace[] = [
    {
      holder: owner,
      fieldPath: 'spec.infrastructureRef',
      template: infrastructureCluster,
      staysTemplate: false,
      marks: marksOf(infrastructureCluster, false, owned),
      overrides: [],
    },
    {
      holder: owner,
      fieldPath: 'spec.controlPlaneRef',
      template,
      staysTemplate: false,
      marks,
      overrides,
      builtin,
    },
  ]
  if (machines)
    places.push({
      holder: { ...objectOf(template), name: controlPlane.name },
      fieldPath:
        contractVersion === 'v1beta1'
          ? 'spec.machineTemplate.infrastructureRef'
          : 'spec.machineTemplate.spec.infrastructureRef',
      template: machines.template,
      staysTemplate: true,
      marks: marksOf(machines.template, true, owned),
      overrides,
      builtin,
    })
  return places
}

function workersPlaces({ cluster }: TopologyParts, parts: WorkersParts): TemplatePlace[] {
  const { kind, name, topology, bootstrap, infrastructure } = parts
  const own = { ...ownedLabels(cluster.metadata.name), [topologyNameLabels[kind]]: topology.name }
  const { labels, annotations } = metadataOf(topology.metadata, parts.metadata)
  const builtin = workersBuiltin(parts, {
    labels: { ...labels, ...own },
    annotations: withoutUpgradeSequence(annotations),
  })
  const staysTemplate = kind === 'MachineDeployment'
  const place = (fieldPath: string, template: Template): TemplatePlace => ({
    holder: { apiVersion: core, kind, name },
    fieldPath,
    template,
    staysTemplate,
    marks: marksOf(template, staysTemplate, own),
    overrides: overridesOf(topology),
    builtin,
  })
  return [
    place('spec.template.spec.bootstrap.configRef', bootstrap.template),
    place('spec.template.spec.infrastructureRef', infrastructure.template),
  ]
}

/** The label with the name that a MachineDeployment or MachinePool has in the topology. */
export const topologyNameLabels: Readonly<Record<WorkersKind, string>> = {
  MachineDeployment: 'topology.cluster.x-k8s.io/deployment-name',
  MachinePool: 'topology.cluster.x-k8s.io/pool-name',
}

/** What is made of a template: `KubeadmControlPlane` of KubeadmControlPlaneTemplate. */
export function objectOf({ apiVersion, kind }: Template) {
  return { apiVersion, kind: kind.replace(/Template$/, '') }
}

// The topology comes before the ClusterClass.
function metadataOf(topology: GivenMetadata, ofClass: GivenMetadata) {
  return {
    labels: { ...ofClass?.labels, ...topology?.labels },
    annotations: { ...ofClass?.annotations, ...topology?.annotations },
  }
}

// Of the template itself, of Cluster and ClusterClass, and the controller's own, which come last.
function marksOf(
  template: Template,
  staysTemplate: boolean,
  labels: StringMap,
  annotations: StringMap = {},
): Marks {
  const metadata = staysTemplate ? template.metadata : at(template, 'spec', 'template', 'metadata')
  return {
    labels: { ...stringsAt(metadata, 'labels'), ...labels },
    annotations: {
      ...stringsAt(metadata, 'annotations'),
      ...annotations,
      ...clonedFrom(template, template.metadata.name),
    },
  }
}

function stringsAt(metadata: unknown, key: string): StringMap {
  const map = at(metadata, key)
  if (!isObject(map)) return {}
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, String(value)]))
}

function withoutUpgradeSequence({
  'topology.cluster.x-k8s.io/hold-upgrade-sequence': _,
  'topology.cluster.x-k8s.io/defer-upgrade': __,
  ...others
}: StringMap): StringMap {
  return others
}

function overridesOf(part: Pick<Workers, 'variables'> | null | undefined): readonly Variable[] {
  return part?.variables?.overrides ?? []
}
