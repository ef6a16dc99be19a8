import { isObject, type JsonObject, objectAt } from '../../../src/json/json.ts'
import { at, withValue } from '../../../src/json/path.ts'
import type { Edit, Kind, Scene } from './kinds.ts'

function found({ objects, cluster }: Scene, kind: string, name: string): JsonObject {
  const object = objects.find((each) => each.kind === kind && each.metadata?.name === name)
  if (!object) throw new Error(`there is no ${kind} ${name} in ${cluster.name}`)
  return { ...object }
}
const clusterOf = (scene: Scene) => found(scene, 'Cluster', scene.cluster.name)
const classOf = (scene: Scene) => found(scene, 'ClusterClass', 'class')
const listAt = (object: JsonObject, ...path: string[]): JsonObject[] => {
  const list = at(object, ...path)
  return Array.isArray(list) ? list.filter(isObject) : []
}
const changed = (what: string, ...objects: JsonObject[]): Edit => ({ what, objects })
const word = ({ random, number }: Scene) =>
  `${random.pick(['amber', 'birch', 'cedar', 'delta', 'ember'])}-${number}`

/** Variables with another value. */
function withVariable(
  variables: readonly JsonObject[],
  name: string,
  value: unknown,
): JsonObject[] {
  return [...variables.filter((variable) => variable['name'] !== name), { name, value }]
}

const variablesPath = ['spec', 'topology', 'variables']
const deploymentsPath = ['spec', 'topology', 'workers', 'machineDeployments']

/** The Cluster with one of its MachineDeployments changed. */
function withDeployment(scene: Scene, change: (deployment: JsonObject) => JsonObject) {
  const cluster = clusterOf(scene)
  const deployments = listAt(cluster, ...deploymentsPath)
  const picked = scene.random.below(deployments.length)
  const list = deployments.map((each, index) => (index === picked ? change(each) : each))
  return {
    name: String(deployments[picked]?.['name']),
    cluster: withValue(cluster, deploymentsPath, list),
  }
}

const otherVersion = (apiVersion: string) =>
  apiVersion.endsWith('/v1beta1')
    ? apiVersion.replace('/v1beta1', '/v1beta2')
    : apiVersion.replace('/v1beta2', '/v1beta1')

/** The references of a ClusterClass to templates. */
type ReferencePath = readonly [path: readonly string[], index?: number, below?: readonly string[]]
const deploymentClasses = ['spec', 'workers', 'machineDeployments']
const referencePaths = (clusterClass: JsonObject): ReferencePath[] => [
  [['spec', 'infrastructure', 'templateRef']],
  [['spec', 'controlPlane', 'templateRef']],
  [['spec', 'controlPlane', 'machineInfrastructure', 'templateRef']],
  ...listAt(clusterClass, ...deploymentClasses).flatMap((_, index): ReferencePath[] => [
    [deploymentClasses, index, ['bootstrap', 'templateRef']],
    [deploymentClasses, index, ['infrastructure', 'templateRef']],
  ]),
]

function withReference(scene: Scene, change: (reference: JsonObject) => JsonObject) {
  const clusterClass = classOf(scene)
  const [path, index, below] = scene.random.pick(referencePaths(clusterClass))
  if (index === undefined) {
    const reference = objectAt(clusterClass, path) ?? {}
    return { reference, clusterClass: withValue(clusterClass, path, change(reference)) }
  }
  const list = listAt(clusterClass, ...path)
  const reference = objectAt(list[index], below ?? []) ?? {}
  const next = list.map((each, place) =>
    place === index ? withValue(each, below ?? [], change(reference)) : each,
  )
  return { reference, clusterClass: withValue(clusterClass, path, next) }
}

/** A new template that is like the one of a reference. */
function copyOf(scene: Scene, reference: JsonObject, name: string): JsonObject {
  const { apiVersion, kind, spec } = { ...referred(scene, reference) }
  return { apiVersion, kind, metadata: { name, namespace: scene.cluster.name }, spec }
}

function referred({ templates }: Scene, { apiVersion, kind, name }: JsonObject) {
  return templates.find(
    (each) => each.apiVersion === apiVersion && each.kind === kind && each.metadata?.name === name,
  )
}

/** Edits of the Cluster, its ClusterClass and its templates. */
export const objectKinds: Readonly<Record<string, Kind>> = {
  variable(scene) {
    const cluster = clusterOf(scene)
    const name = scene.random.pick(['greeting', 'greeting', 'unused'])
    const value = word(scene)
    const variables = withVariable(listAt(cluster, ...variablesPath), name, value)
    return changed(`variable ${name} is ${value}`, withValue(cluster, variablesPath, variables))
  },
  'variable of an inline patch'(scene) {
    const cluster = clusterOf(scene)
    const value = word(scene)
    const variables = withVariable(listAt(cluster, ...variablesPath), 'announcement', value)
    return changed(
      `variable announcement is ${value}`,
      withValue(cluster, variablesPath, variables),
    )
  },
  'variable of a MachineDeployment'(scene) {
    const value = word(scene)
    const path = ['variables', 'overrides']
    const { name, cluster } = withDeployment(scene, (deployment) =>
      withValue(deployment, path, withVariable(listAt(deployment, ...path), 'greeting', value)),
    )
    return changed(`variable greeting of ${name} is ${value}`, cluster)
  },
  'variable of the control plane'(scene) {
    const cluster = clusterOf(scene)
    const path = ['spec', 'topology', 'controlPlane', 'variables', 'overrides']
    const value = word(scene)
    const overrides = withVariable(listAt(cluster, ...path), 'greeting', value)
    return changed(
      `variable greeting of the control plane is ${value}`,
      withValue(cluster, path, overrides),
    )
  },
  'variables in another order'(scene) {
    const cluster = clusterOf(scene)
    const variables = listAt(cluster, ...variablesPath).toReversed()
    return changed(
      'the variables are in another order',
      withValue(cluster, variablesPath, variables),
    )
  },
  'metadata of the control plane'(scene) {
    const key = scene.random.pick(['labels', 'annotations'])
    const path = ['spec', 'topology', 'controlPlane', 'metadata', key, 'proof']
    return changed(
      `topology.controlPlane.metadata.${key}`,
      withValue(clusterOf(scene), path, word(scene)),
    )
  },
  'metadata of a MachineDeployment'(scene) {
    const key = scene.random.pick(['labels', 'annotations'])
    const { name, cluster } = withDeployment(scene, (deployment) =>
      withValue(deployment, ['metadata', key, 'proof'], word(scene)),
    )
    return changed(`topology.workers ${name} metadata.${key}`, cluster)
  },
  'replicas of a MachineDeployment'(scene) {
    const replicas = 1 + scene.random.below(3)
    const { name, cluster } = withDeployment(scene, (deployment) =>
      withValue(
        deployment,
        ['replicas'],
        replicas === deployment['replicas'] ? replicas + 1 : replicas,
      ),
    )
    return changed(`replicas of ${name}`, cluster)
  },
  'Kubernetes version'(scene) {
    const cluster = clusterOf(scene)
    const path = ['spec', 'topology', 'version']
    const next = String(at(cluster, ...path)).replace(/\d+$/, (patch) => String(Number(patch) + 1))
    return changed(`topology.version is ${next}`, withValue(cluster, path, next))
  },
  'metadata of the Cluster'(scene) {
    const key = scene.random.pick(['labels', 'annotations'])
    const path = ['metadata', key, 'proof']
    return changed(`metadata.${key} of the Cluster`, withValue(clusterOf(scene), path, word(scene)))
  },
  'metadata in the ClusterClass'(scene) {
    const path = ['spec', 'controlPlane', 'metadata', 'labels', 'class']
    return changed(
      'metadata of the control plane in the ClusterClass',
      withValue(classOf(scene), path, word(scene)),
    )
  },
  'version of a template'(scene) {
    const clusterClass = classOf(scene)
    const [path, index, below] = scene.random.pick(referencePaths(clusterClass))
    const holder = index === undefined ? clusterClass : listAt(clusterClass, ...path)[index]
    const { kind, apiVersion } = objectAt(holder, index === undefined ? path : (below ?? [])) ?? {}
    const next = otherVersion(String(apiVersion))
    // Also in the selectors of inline patches, which have to match.
    const changedIn = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(changedIn)
      if (!isObject(value)) return value
      const entries = Object.entries(value).map(([key, each]) => [key, changedIn(each)])
      const isReference = value['kind'] === kind && value['apiVersion'] === apiVersion
      return { ...Object.fromEntries(entries), ...(isReference && { apiVersion: next }) }
    }
    const spec = changedIn(clusterClass['spec'])
    return changed(`the ClusterClass reads ${kind} in ${next}`, { ...clusterClass, spec })
  },
  'template with another name'(scene) {
    const name = `copy-${scene.number}`
    const { reference, clusterClass } = withReference(scene, (old) => ({ ...old, name }))
    return changed(
      `the ClusterClass refers to a copy of ${reference['kind']} ${reference['name']}`,
      copyOf(scene, reference, name),
      clusterClass,
    )
  },
  'bootstrap template that changes'(scene) {
    const deployments = listAt(classOf(scene), ...deploymentClasses)
    const reference = objectAt(scene.random.pick(deployments), ['bootstrap', 'templateRef']) ?? {}
    const template = { ...referred(scene, reference) }
    const path = ['spec', 'template', 'spec', 'postKubeadmCommands']
    return changed(
      `postKubeadmCommands of KubeadmConfigTemplate ${at(template, 'metadata', 'name')}`,
      withValue(template, path, [`echo ${word(scene)}`]),
    )
  },
  'patches in another order'(scene) {
    const clusterClass = classOf(scene)
    const patches = listAt(clusterClass, 'spec', 'patches').toReversed()
    return changed(
      'the patches are in another order',
      withValue(clusterClass, ['spec', 'patches'], patches),
    )
  },
}
