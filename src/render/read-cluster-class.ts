import * as v from 'valibot'
import type { JsonObject } from '../json/json.ts'
import { at, withValue } from '../json/path.ts'
import { describeIssue } from '../messages/describe-issue.ts'
import { StartError } from '../messages/start-error.ts'
import { clusterClassAsV1beta2 } from './cluster-class-v1beta1.ts'
import type { TopologyCluster } from './parts.ts'

const text = v.string()
const object = v.looseObject
const map = v.nullish(v.record(text, text))
const metadata = v.nullish(object({ labels: map, annotations: map }))
const templateRef = object({ apiVersion: text, kind: text, name: text })
const naming = v.nullish(object({ template: v.nullish(text) }))
const definition = object({ schema: object({ openAPIV3Schema: object({}) }) })
const list = <S extends v.GenericSchema>(items: S) => v.nullish(v.array(items))
const workers = object({
  class: text,
  metadata,
  naming,
  bootstrap: object({ templateRef }),
  infrastructure: object({ templateRef }),
})
const clusterClass = object({
  metadata: object({ name: text, namespace: text }),
  spec: object({
    infrastructure: object({ templateRef, naming }),
    controlPlane: object({
      templateRef,
      metadata,
      naming,
      machineInfrastructure: v.nullish(object({ templateRef })),
    }),
    workers: v.nullish(object({ machineDeployments: list(workers), machinePools: list(workers) })),
    variables: list(object({ name: text, ...definition.entries })),
    patches: list(
      object({
        name: text,
        external: v.nullish(
          object({
            generatePatchesExtension: v.nullish(text),
            validateTopologyExtension: v.nullish(text),
            discoverVariablesExtension: v.nullish(text),
            settings: map,
          }),
        ),
      }),
    ),
  }),
  status: v.nullish(
    object({
      variables: list(
        object({ name: text, definitions: v.array(object({ from: text, ...definition.entries })) }),
      ),
    }),
  ),
})

/** The part of a ClusterClass that is read, with all fields as v1beta2 names them. */
export type ClusterClass = v.InferOutput<typeof clusterClass>
export type ClusterClassPatch = NonNullable<ClusterClass['spec']['patches']>[number]
export type TemplateReference = v.InferOutput<typeof templateRef>

/**
 * The ClusterClass of a Cluster, in v1beta2 or v1beta1; one without a namespace is in that of the reference. Throws StartError
 * when it is none, or that of other Clusters.
 */
export function readClusterClass(
  given: JsonObject,
  { metadata, spec }: TopologyCluster,
): ClusterClass {
  if (given['kind'] !== 'ClusterClass')
    throw new StartError(`this is a ${given['kind']} and no ClusterClass`)
  const { classRef } = spec.topology
  const namespace = classRef?.namespace || metadata.namespace
  const named = at(given, 'metadata', 'namespace')
    ? given
    : withValue(given, ['metadata', 'namespace'], namespace)
  const { success, output, issues } = v.safeParse(clusterClass, clusterClassAsV1beta2(named), {
    abortEarly: true,
  })
  if (!success) throw new StartError(`this is no ClusterClass: ${describeIssue(issues[0])}`)
  const [own, wanted] = [output.metadata, { namespace, name: classRef?.name }].map(
    (one) => `${one.namespace}/${one.name}`,
  )
  if (own !== wanted)
    throw new StartError(
      `the Cluster ${metadata.name} is of the ClusterClass ${wanted}, and not of ${own}`,
    )
  return output
}
