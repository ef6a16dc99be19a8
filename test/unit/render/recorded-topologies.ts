import { readFileSync } from 'node:fs'
import { readManifest } from '../../../src/dev/sandbox/extension.ts'
import { parseYaml } from '../../../src/dev/sandbox/objects.ts'
import type { JsonObject } from '../../../src/json/json.ts'
import { withValue } from '../../../src/json/path.ts'

/** ClusterClass, Cluster and templates of a recorded call. */
export interface RecordedTopology {
  readonly clusterClass: JsonObject
  readonly cluster: JsonObject
  readonly templates: readonly JsonObject[]
}

const inMemory = parseYaml(readFileSync(new URL('in-memory.yaml', import.meta.url), 'utf8'))
const [cluster = {}] = parseYaml(await readManifest('cluster'))
const maxSurge = { name: 'kubeadmControlPlaneMaxSurge', value: '1' }
const imageRepository = { name: 'imageRepository', value: 'kindest' }

/** Those of generatepatches-01 to -06, from their differences. */
export function inMemoryTopology(
  name: string,
  version: string,
  annotations?: Record<string, string>,
  contentFormat?: string,
): RecordedTopology {
  const [clusterClass = {}, ...templates] = inMemory
  const files = [{ path: '/etc/spike.conf', content: 'hello', contentFormat }]
  return {
    clusterClass: { ...clusterClass },
    cluster: clusterOf(
      name,
      'default',
      { ...annotations },
      {
        version,
        variables: [
          imageRepository,
          maxSurge,
          ...(contentFormat ? [{ name: 'files', value: files }] : []),
        ],
      },
    ),
    templates: templates.map((template) => ({ ...template })),
  }
}

function clusterOf(
  name: string,
  namespace: string,
  annotations: Record<string, string>,
  topology: JsonObject,
): JsonObject {
  const { spec } = cluster
  const uid = '00000000-0000-4000-8000-000000000000'
  return {
    ...cluster,
    metadata: { name, namespace, uid, annotations },
    spec: { ...spec, topology: { ...Object(spec?.['topology']), ...topology } },
  }
}

const poolTemplates = parseYaml(`
apiVersion: bootstrap.cluster.x-k8s.io/v1beta1
kind: KubeadmConfigTemplate
metadata: { name: pool, namespace: pools }
spec:
  template:
    spec:
      # The API server converts what is stored in v1beta2: with discovery, which v1beta1 requires.
      joinConfiguration:
        discovery: {}
        nodeRegistration: { kubeletExtraArgs: { eviction-hard: nodefs.available<0% } }
---
apiVersion: infrastructure.cluster.x-k8s.io/v1beta2
kind: DevMachinePoolTemplate
metadata: { name: pool, namespace: pools }
spec: { template: { spec: { backend: { docker: {} } } } }
`)
const external = {
  generatePatchesExtension: 'generate-patches.pools',
  discoverVariablesExtension: 'discover-variables.pools',
}

/** That of generatepatches-07: the sandbox's, with a MachinePool. */
export async function poolsTopology(): Promise<RecordedTopology> {
  const [clusterClass = {}, ...templates] = parseYaml(await readManifest('clusterclass'))
  const reference = (apiVersion: string, kind: string) => ({
    templateRef: { apiVersion, kind, name: 'pool' },
  })
  const pool = {
    class: 'pool',
    bootstrap: reference('bootstrap.cluster.x-k8s.io/v1beta1', 'KubeadmConfigTemplate'),
    infrastructure: reference('infrastructure.cluster.x-k8s.io/v1beta2', 'DevMachinePoolTemplate'),
  }
  const owner = { apiVersion: 'cluster.x-k8s.io/v1beta2', kind: 'ClusterClass', name: 'in-memory' }
  return {
    clusterClass: {
      ...clusterClass,
      metadata: { name: 'in-memory', namespace: 'pools' },
      spec: {
        ...clusterClass.spec,
        workers: { ...Object(clusterClass.spec?.['workers']), machinePools: [pool] },
        patches: [{ name: 'extension-0', external }],
      },
    },
    cluster: clusterOf(
      'pools',
      'pools',
      {},
      {
        variables: [imageRepository],
        workers: { machinePools: [{ class: 'pool', name: 'mp-0', replicas: 1 }] },
      },
    ),
    templates: [...templates, ...poolTemplates].map((template) =>
      withValue({ ...template }, ['metadata', 'ownerReferences'], [owner]),
    ),
  }
}
