import type { Cluster } from '../contract/cluster.ts'
import { builtinVariable, clusterBuiltin } from '../render/builtins.ts'
import { assumedContractVersion } from '../render/contract-version.ts'
import { itemOf, variablesOf } from '../render/item.ts'
import type { Template, TopologyCluster, TopologyParts } from '../render/parts.ts'
import { placesOf } from '../render/places.ts'
import { byName } from '../topology/variable-values.ts'
import { defaultTemplates } from './default-objects.ts'
import { complete, type ProviderObject, type WholeObject } from './provider-object.ts'
import type { Topology, TopologyOptions } from './topology-options.ts'

/** Names that the topology controller gives to the objects of a Cluster. */
export interface ObjectNames {
  readonly controlPlane: string
  readonly controlPlaneMachines: string
  /** Of a MachineDeployment or MachinePool and of what its templates become, by its name in the topology. */
  workers(topologyName: string): { owner: string; bootstrap: string; infrastructure: string }
}

/** The templates and variables of a Cluster whose objects have these names. Throws TypeError when it has no topology. */
export function topologyItems(
  { metadata, spec, ...type }: Cluster,
  options: TopologyOptions,
  names: ObjectNames,
): Topology {
  const { topology } = spec
  if (!topology) throw new TypeError(`the Cluster ${metadata.name} has no spec.topology`)
  const cluster = { ...type, metadata, spec: { ...spec, topology } }
  const variables = { ...byName(topology.variables), ...options.variables }
  const places = placesOf(partsOf(cluster, options, names))
  return {
    variables: [
      ...Object.entries(variables).map(([name, value]) => ({ name, value })),
      builtinVariable(clusterBuiltin(cluster)),
    ],
    items: places.map((place) => {
      const own = variablesOf(place)
      const { uid, holderReference, object } = itemOf(place, metadata.namespace)
      return { uid, holderReference, object, ...(own && { variables: own }) }
    }),
  }
}

function partsOf(
  cluster: TopologyCluster,
  { templates = {}, controlPlaneVersion, workersVersion }: TopologyOptions,
  names: ObjectNames,
): TopologyParts {
  const { namespace } = cluster.metadata
  const { version, workers } = cluster.spec.topology
  const template = (given: ProviderObject | undefined, usual: WholeObject): Template => {
    const { metadata, ...object } = complete(given, usual)
    return { ...object, metadata: { namespace, ...metadata } }
  }
  const controlPlane = template(templates.controlPlane, defaultTemplates.controlPlane)
  const workersOf = (
    kind: 'MachineDeployment' | 'MachinePool',
    topology: TopologyParts['workers'][number]['topology'],
  ): TopologyParts['workers'][number] => {
    const isPool = kind === 'MachinePool'
    const given = isPool ? templates.machinePools : templates.machineDeployments
    const machines = isPool ? defaultTemplates.machinePool : defaultTemplates.machines
    const own = names.workers(topology.name)
    return {
      kind,
      name: own.owner,
      version: workersVersion ?? version,
      topology,
      bootstrap: {
        name: own.bootstrap,
        template: template(given?.bootstrap, defaultTemplates.bootstrap),
      },
      infrastructure: {
        name: own.infrastructure,
        template: template(given?.infrastructure, machines),
      },
    }
  }
  return {
    cluster,
    infrastructureCluster: template(
      templates.infrastructureCluster,
      defaultTemplates.infrastructureCluster,
    ),
    controlPlane: {
      name: names.controlPlane,
      version: controlPlaneVersion ?? version,
      template: controlPlane,
      contractVersion: assumedContractVersion(controlPlane),
      machines: {
        name: names.controlPlaneMachines,
        template: template(templates.controlPlaneMachines, defaultTemplates.controlPlaneMachines),
      },
    },
    workers: [
      ...(workers?.machineDeployments ?? []).map((own) => workersOf('MachineDeployment', own)),
      ...(workers?.machinePools ?? []).map((own) => workersOf('MachinePool', own)),
    ],
  }
}
