import { isObject, type JsonObject } from '../json/json.ts'
import { at } from '../json/path.ts'

/** A ClusterClass in v1beta1 with the fields that a render reads as v1beta2 names them (api/core/v1beta1/conversion.go). */
export function clusterClassAsV1beta2(given: JsonObject): JsonObject {
  if (given['apiVersion'] !== 'cluster.x-k8s.io/v1beta1') return given
  const { infrastructure, controlPlane, workers: ofWorkers, patches, ...spec } = part(given['spec'])
  const { machineInfrastructure, ...plane } = part(controlPlane)
  return {
    ...given,
    spec: {
      ...spec,
      infrastructure: {
        templateRef: at(infrastructure, 'ref'),
        naming: spec['infrastructureNamingStrategy'],
      },
      controlPlane: {
        ...plane,
        templateRef: plane['ref'],
        naming: plane['namingStrategy'],
        ...(isObject(machineInfrastructure) && {
          machineInfrastructure: { templateRef: machineInfrastructure['ref'] },
        }),
      },
      workers: {
        machineDeployments: each(at(ofWorkers, 'machineDeployments'), workersAsV1beta2),
        machinePools: each(at(ofWorkers, 'machinePools'), workersAsV1beta2),
      },
      patches: each(patches, patchAsV1beta2),
    },
  }
}

function workersAsV1beta2({ template, namingStrategy, ...others }: JsonObject): JsonObject {
  return {
    ...others,
    naming: namingStrategy,
    metadata: at(template, 'metadata'),
    bootstrap: { templateRef: at(template, 'bootstrap', 'ref') },
    infrastructure: { templateRef: at(template, 'infrastructure', 'ref') },
  }
}

function patchAsV1beta2({ external, ...others }: JsonObject): JsonObject {
  if (!isObject(external)) return others
  const { generateExtension, validateExtension, ...same } = external
  return {
    ...others,
    external: {
      ...same,
      generatePatchesExtension: generateExtension,
      validateTopologyExtension: validateExtension,
    },
  }
}

function part(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

function each(value: unknown, change: (object: JsonObject) => JsonObject): unknown {
  return Array.isArray(value) ? value.filter(isObject).map(change) : value
}
