import { isObject, type JsonObject } from '../json/json.ts'
import { at, withValue } from '../json/path.ts'
import { type ItemOfRequest, partThatCounts } from '../rules/patches.ts'
import { applyChange } from './apply-change.ts'
import { kubeadmConfigSpecInHub } from './kubeadm-hub.ts'
import { asSent, nameOf, nextName, type Stored } from './stored.ts'
import { isOfKubeadm } from './template.ts'

/** A template of a MachineDeployment that has changed, and whether a new one takes its place. */
export interface ChangedTemplate {
  readonly before: ItemOfRequest
  readonly after: ItemOfRequest
  readonly rotates: boolean
}

const references = {
  bootstrapConfigTemplate: ['spec', 'template', 'spec', 'bootstrap', 'configRef'],
  infrastructureMachineTemplate: ['spec', 'template', 'spec', 'infrastructureRef'],
} as const
const fieldPaths = {
  bootstrapConfigTemplate: 'spec.template.spec.bootstrap.configRef',
  infrastructureMachineTemplate: 'spec.template.spec.infrastructureRef',
} as const
const names = ['bootstrapConfigTemplate', 'infrastructureMachineTemplate'] as const

/**
 * The request that the controller would send for an old MachineSet, without settings
 * (core/reconcilers/machinedeployment/machinedeployment_canupdatemachineset.go); or the object that it would need.
 */
export function canUpdateMachineSetRequest(
  machineSet: JsonObject,
  templates: readonly ChangedTemplate[],
  version: unknown,
  stored: Stored,
): { request: JsonObject } | { missing: string } {
  const current: JsonObject = { machineSet: asSent(machineSet) }
  const desired: JsonObject = {}
  let newMachineSet = newMachineSetOf(machineSet, version)
  for (const name of names) {
    const reference = at(machineSet, ...references[name])
    if (reference === undefined) continue
    const template = stored.find(reference)
    if (template === undefined)
      return { missing: `${at(reference, 'kind')} ${at(reference, 'name')}` }
    const change = templates.find(
      ({ after }) => after.holderReference.fieldPath === fieldPaths[name],
    )
    const changed = change ? changedTemplate(template, change) : template
    // Of a template that stays, labels and annotations are patched first.
    current[name] = asSent(change && !change.rotates ? changed : template)
    desired[name] = asSent(changed)
    newMachineSet = withValue(newMachineSet, [...references[name], 'name'], nameOf(changed))
  }
  const request = { current, desired: { machineSet: newMachineSet, ...desired } }
  return { request: { ...head('CanUpdateMachineSet'), ...request } }
}

/** What every request begins with. */
export function head(hook: string): JsonObject {
  return { apiVersion: 'hooks.runtime.cluster.x-k8s.io/v1alpha1', kind: `${hook}Request` }
}

/** A stored template as it becomes, or the new one in its place. */
export function changedTemplate(
  template: JsonObject,
  { before, after, rotates }: ChangedTemplate,
): JsonObject {
  const { name, labels, annotations } = Object(template['metadata'])
  const [was, is] = [before, after].map((item) => partIn(template['apiVersion'], item))
  const apply = (stored: unknown, ...path: string[]) =>
    applyChange(stored, at(was, ...path), at(is, ...path))
  return {
    ...template,
    metadata: {
      ...Object(template['metadata']),
      name: rotates ? nextName(name) : name,
      labels: apply(labels, 'metadata', 'labels'),
      annotations: apply(annotations, 'metadata', 'annotations'),
    },
    spec: apply(template['spec'], 'spec'),
  }
}

const specOfTemplate = ['spec', 'template', 'spec']

// Those of kubeadm are stored in v1beta2 and may be written in v1beta1.
function partIn(apiVersion: unknown, item: ItemOfRequest): JsonObject {
  const part = partThatCounts(item)
  const spec = at(part, ...specOfTemplate)
  return isObject(spec) && apiVersion !== item.object['apiVersion'] && isOfKubeadm(item)
    ? withValue(part, specOfTemplate, kubeadmConfigSpecInHub(spec, item.object['apiVersion']))
    : part
}

const hash = 'machine-template-hash'
const revision = 'machinedeployment.clusters.x-k8s.io/revision'

// The old one has all that is propagated from its MachineDeployment (computeDesiredMS in
// core/reconcilers/machinedeployment/machinedeployment_rollout_planner.go).
function newMachineSetOf(machineSet: JsonObject, version: unknown): JsonObject {
  const old = asSent(machineSet)
  const label = at(old, 'metadata', 'labels', hash)
  const edits: readonly (readonly [path: readonly string[], value: unknown])[] = [
    [['metadata', 'name'], nextName(nameOf(old))],
    [
      ['metadata', 'annotations', revision],
      `${Number(at(old, 'metadata', 'annotations', revision) ?? 0) + 1}`,
    ],
    [['spec', 'replicas'], 0],
    [
      ['spec', 'template', 'spec', 'version'],
      version ?? at(old, 'spec', 'template', 'spec', 'version'),
    ],
    ...[
      ['metadata', 'labels'],
      ['spec', 'selector', 'matchLabels'],
      ['spec', 'template', 'metadata', 'labels'],
    ].map((path) => [[...path, hash], nextName(label)] as const),
  ]
  return edits.reduce((result, [path, value]) => withValue(result, path, value), old)
}
