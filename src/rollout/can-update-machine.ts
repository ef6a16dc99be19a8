import { isObject, type JsonObject } from '../json/json.ts'
import { at, withValue } from '../json/path.ts'
import { applyChange } from './apply-change.ts'
import { type ChangedTemplate, changedTemplate, head } from './can-update-machine-set.ts'
import { kubeadmConfigOf, prepareKubeadmConfigs, withoutEmpty } from './kubeadm-config.ts'
import { kubeadmConfigSpecInHub } from './kubeadm-hub.ts'
import { asSent, nameOf, type Stored } from './stored.ts'

const clonedFrom = {
  name: 'cluster.x-k8s.io/cloned-from-name',
  groupKind: 'cluster.x-k8s.io/cloned-from-groupkind',
}

/** What a control plane is to become. */
export interface DesiredControlPlane {
  /** In v1beta2. */
  readonly kubeadmConfigSpec: JsonObject
  readonly version: string
  /** The template of its infrastructure machines, when it changes. */
  readonly infrastructure: ChangedTemplate | undefined
}

/**
 * The request that the controller would send for a Machine of a control plane, without settings
 * (controlplane/kubeadm/reconcilers/kubeadmcontrolplane/inplace_canupdatemachine.go); or the object that it would need;
 * undefined: it sends none, and replaces the Machine.
 */
export function canUpdateMachineRequest(
  machine: JsonObject,
  desired: DesiredControlPlane,
  stored: Stored,
): { request: JsonObject } | { missing: string } | undefined {
  const [configReference, infrastructureReference] = [
    at(machine, 'spec', 'bootstrap', 'configRef'),
    at(machine, 'spec', 'infrastructureRef'),
  ]
  const config = stored.find(configReference)
  const infrastructure = stored.find(infrastructureReference)
  for (const [object, reference] of [
    [config, configReference],
    [infrastructure, infrastructureReference],
  ] as const)
    if (!object) return { missing: `${at(reference, 'kind')} ${at(reference, 'name')}` }
  if (!config || !infrastructure) return undefined
  const annotations = Object(at(infrastructure, 'metadata', 'annotations'))
  if (!annotations[clonedFrom.name] || !annotations[clonedFrom.groupKind]) return undefined

  const configs = kubeadmConfigs(config, desired)
  const machines = infrastructureMachines(infrastructure, desired, stored)
  const request = {
    current: {
      machine: asSent(machine),
      bootstrapConfig: configs.current,
      infrastructureMachine: machines.current,
    },
    desired: {
      machine: withValue(asSent(machine), ['spec', 'version'], desired.version),
      bootstrapConfig: configs.desired,
      infrastructureMachine: machines.desired,
    },
  }
  return { request: { ...head('CanUpdateMachine'), ...request } }
}

function kubeadmConfigs(config: JsonObject, { kubeadmConfigSpec, version }: DesiredControlPlane) {
  const spec = isObject(config['spec']) ? config['spec'] : {}
  const { current, desired } = prepareKubeadmConfigs(
    kubeadmConfigOf(kubeadmConfigSpec, 'join', version),
    kubeadmConfigSpecInHub(spec, config['apiVersion']),
    'join',
  )
  const sent = (spec: JsonObject) => asSent(config, asWritten(spec))
  return { current: sent(current), desired: sent(desired) }
}

// As Go writes it: without what is empty, but for pointers.
function asWritten(spec: JsonObject): JsonObject {
  const controlPlane = ['joinConfiguration', 'controlPlane']
  const written: JsonObject = Object(withoutEmpty(spec))
  return isObject(at(spec, ...controlPlane)) && at(written, ...controlPlane) === undefined
    ? withValue(written, controlPlane, {})
    : written
}

function infrastructureMachines(
  machine: JsonObject,
  { infrastructure }: DesiredControlPlane,
  stored: Stored,
) {
  if (!infrastructure) return { current: asSent(machine), desired: asSent(machine) }
  const { before, after } = infrastructure
  const name = at(machine, 'metadata', 'annotations', clonedFrom.name)
  const template =
    stored.find({ kind: after.object['kind'], apiVersion: after.object['apiVersion'], name }) ??
    withValue(after.object, ['metadata', 'name'], name)
  // Labels and annotations are synchronized before.
  const synchronized = withValue(
    machine,
    ['metadata', 'annotations', clonedFrom.name],
    nameOf(changedTemplate(template, infrastructure)),
  )
  const [was, is] = [before, after].map(({ object }) => at(object, 'spec', 'template', 'spec'))
  return {
    current: asSent(synchronized),
    desired: asSent(synchronized, applyChange(machine['spec'], was, is)),
  }
}
