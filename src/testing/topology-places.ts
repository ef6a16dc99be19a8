import type { Variable } from '../contract/topology.ts'
import {
  builtinVariable,
  controlPlaneBuiltin,
  type ObjectNames,
  type TopologyCluster,
  type Workers,
  workersBuiltin,
} from './builtins.ts'
import { defaultTemplates } from './default-objects.ts'
import { complete, ownedLabels, type ProviderObject, type WholeObject } from './provider-object.ts'
import type { TopologyOptions } from './topology-options.ts'

/** A template of a topology, and what it is for. */
export interface TemplatePlace {
  readonly owner: { readonly apiVersion: string; readonly kind: string; readonly name: string }
  readonly fieldPath: string
  readonly template: WholeObject
  /** Of what is made of the template. */
  readonly labels: Record<string, string>
  /** Whether that is a template again; else it is one object. */
  readonly staysTemplate: boolean
  readonly variables?: Variable[]
}

const core = 'cluster.x-k8s.io/v1beta2'

/** The templates of a topology in the order of the controller. */
export function placesOf(
  cluster: TopologyCluster,
  options: TopologyOptions,
  names: ObjectNames,
): TemplatePlace[] {
  const { machineDeployments, machinePools } = cluster.spec.topology.workers ?? {}
  return [
    ...clusterPlaces(cluster, options, names),
    ...(machineDeployments ?? []).flatMap((workers) =>
      workersPlaces(cluster, options, names, 'MachineDeployment', workers),
    ),
    ...(machinePools ?? []).flatMap((workers) =>
      workersPlaces(cluster, options, names, 'MachinePool', workers),
    ),
  ]
}

function clusterPlaces(
  { metadata: { name }, spec: { topology } }: TopologyCluster,
  { templates = {}, controlPlaneVersion = topology.version }: TopologyOptions,
  names: ObjectNames,
): TemplatePlace[] {
  const labels = ownedLabels(name)
  const owner = { apiVersion: core, kind: 'Cluster', name }
  const controlPlane = complete(templates.controlPlane, defaultTemplates.controlPlane)
  const { apiVersion, kind } = controlPlane
  const builtin = controlPlaneBuiltin(topology, controlPlaneVersion, controlPlane, labels, names)
  const variables = [...overridesOf(topology.controlPlane), builtinVariable(builtin)]
  return [
    {
      owner,
      fieldPath: 'spec.infrastructureRef',
      template: complete(templates.infrastructureCluster, defaultTemplates.infrastructureCluster),
      labels,
      staysTemplate: false,
    },
    {
      owner,
      fieldPath: 'spec.controlPlaneRef',
      template: controlPlane,
      labels,
      staysTemplate: false,
      variables,
    },
    {
      owner: { apiVersion, kind: kind.replace(/Template$/, ''), name: names.controlPlane },
      // The contract v1beta1 of control planes has it one level higher.
      fieldPath: apiVersion.endsWith('/v1beta1')
        ? 'spec.machineTemplate.infrastructureRef'
        : 'spec.machineTemplate.spec.infrastructureRef',
      template: complete(templates.controlPlaneMachines, defaultTemplates.controlPlaneMachines),
      labels,
      staysTemplate: true,
      variables,
    },
  ]
}

const workerKinds = {
  MachineDeployment: {
    label: 'topology.cluster.x-k8s.io/deployment-name',
    templates: 'machineDeployments',
    machines: defaultTemplates.machines,
  },
  MachinePool: {
    label: 'topology.cluster.x-k8s.io/pool-name',
    templates: 'machinePools',
    machines: defaultTemplates.machinePool,
  },
} as const

function workersPlaces(
  { metadata, spec: { topology } }: TopologyCluster,
  { templates = {}, workersVersion = topology.version }: TopologyOptions,
  names: ObjectNames,
  kind: keyof typeof workerKinds,
  workers: Workers,
): TemplatePlace[] {
  const { label, templates: key, machines } = workerKinds[kind]
  const labels = { ...ownedLabels(metadata.name), [label]: workers.name }
  const own = names.workers(workers.name)
  const builtin = workersBuiltin(kind, workers, workersVersion, labels, own)
  const place = (fieldPath: string, given: ProviderObject | undefined, usual: WholeObject) => ({
    owner: { apiVersion: core, kind, name: own.owner },
    fieldPath,
    template: complete(given, usual),
    labels,
    staysTemplate: kind === 'MachineDeployment',
    variables: [...overridesOf(workers), builtinVariable(builtin)],
  })
  const { bootstrap, infrastructure } = templates[key] ?? {}
  return [
    place('spec.template.spec.bootstrap.configRef', bootstrap, defaultTemplates.bootstrap),
    place('spec.template.spec.infrastructureRef', infrastructure, machines),
  ]
}

function overridesOf(part: Pick<Workers, 'variables'> | null | undefined): Variable[] {
  return part?.variables?.overrides ?? []
}
