import { differences } from '../../../json/differences.ts'
import { machineSetOf } from '../../../testing/machine-set.ts'
import { names, replicas, suffixed } from './cluster.ts'
import { objectOrEmptyAt, type Rollout, specOf, templateOf } from './rollout.ts'
import { workerLabels } from './templates.ts'

/** The MachineSet before and after a rollout of the workers. */
export const machineSets = {
  current: machineSet('1785479126', '1', replicas.workers),
  desired: machineSet('1266368280', '2', 0),
}

function machineSet(templateHash: string, revision: string, count: number) {
  const name = suffixed(names.machineDeployment)
  const hash = `${templateHash}-${name.slice(-5)}`
  return { name, hash, revision, replicas: count }
}

/** The request of CanUpdateMachineSet. */
export function canUpdateMachineSetRequest(current: Rollout, desired: Rollout) {
  return {
    current: machineSetObjects(current, 'current', names.bootstrapTemplate),
    desired: machineSetObjects(desired, 'desired', bootstrapTemplateName(current, desired)),
  }
}

/** The controller makes a new template, with a new name, when its content changes. */
export function bootstrapTemplateName(current: Rollout, desired: Rollout): string {
  const changed = differences(specOf(current, 'bootstrap'), specOf(desired, 'bootstrap')).length > 0
  return changed ? names.nextBootstrapTemplate : names.bootstrapTemplate
}

function machineSetObjects(
  rollout: Rollout,
  age: keyof typeof machineSets,
  bootstrapTemplate: string,
) {
  const { name, hash, revision, replicas: current } = machineSets[age]
  const labels = { ...workerLabels, 'machine-template-hash': hash }
  return machineSetOf({
    name,
    namespace: names.namespace,
    clusterName: names.cluster,
    version: rollout.version,
    replicas: current,
    labels,
    metadata: {
      labels: { 'cluster.x-k8s.io/deployment-name': names.machineDeployment },
      annotations: {
        'cluster.x-k8s.io/disable-machine-create': 'false',
        'machinedeployment.clusters.x-k8s.io/desired-replicas': String(replicas.workers),
        'machinedeployment.clusters.x-k8s.io/max-replicas': String(replicas.workers + 1),
        'machinedeployment.clusters.x-k8s.io/revision': revision,
      },
    },
    infrastructureMachineTemplate: clone(rollout, 'machines', names.machineTemplate),
    bootstrapConfigTemplate: clone(rollout, 'bootstrap', bootstrapTemplate),
  })
}

function clone(rollout: Rollout, role: 'machines' | 'bootstrap', name: string) {
  const { metadata, spec } = templateOf(rollout, role)
  const texts = (key: string) =>
    Object.fromEntries(
      Object.entries(objectOrEmptyAt(metadata, key)).map(([label, text]) => [label, String(text)]),
    )
  const annotations = texts('annotations')
  return { metadata: { name, labels: texts('labels'), annotations }, spec: objectOrEmptyAt(spec) }
}
