import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dump } from 'js-yaml'
import { expect, it } from 'vitest'
import { readInputs, withVariables } from '../../../../src/dev/render/inputs.ts'
import { clusterClassOf, clusterOf, templates } from '../../render/topology.ts'

const folder = mkdtempSync(join(tmpdir(), 'inputs-'))
let files = 0

/** A file with these documents. */
function fileOf(...documents: readonly object[]): string {
  const file = join(folder, `${++files}.yaml`)
  writeFileSync(file, documents.map((document) => dump(document)).join('---\n'))
  return file
}
const all = Object.values(templates)
const clusterClass = clusterClassOf()

it('finds templates beside the ClusterClass, in a List, and in a folder', async () => {
  const list = { apiVersion: 'v1', kind: 'List', items: [clusterClass, ...all.slice(0, 2)] }
  const [input, ...others] = await readInputs({
    clusterClass: fileOf(list),
    cluster: fileOf(clusterOf()),
    templates: fileOf(...all.slice(2)),
  })
  expect(others).toEqual([])
  expect(input?.clusterClass).toEqual(clusterClass)
  for (const template of all) expect(input?.templates).toContainEqual(template)
})

it('reads every Cluster of a file with its own ClusterClass, also by the name that v1beta1 has', async () => {
  const other = { ...clusterClass, metadata: { name: 'other' } }
  const v1beta1 = clusterOf({ classRef: undefined, class: 'other' }, { name: 'old' })
  const found = await readInputs({
    clusterClass: fileOf(clusterClass, other, ...all),
    cluster: fileOf(clusterOf(), v1beta1),
  })
  const names = found.map((input) => Object(input.clusterClass['metadata']).name)
  expect(names).toEqual(['fleet', 'other'])
})

it('names all templates that are missing, and how to get them', async () => {
  const paths = {
    clusterClass: fileOf(clusterClass, templates.cluster, templates.machines, templates.pool),
    cluster: fileOf(clusterOf()),
  }
  await expect(readInputs(paths)).rejects.toThrow(
    'the ClusterClass default/fleet names what is not among the templates, KubeadmControlPlaneTemplate control-plane, KubeadmConfigTemplate bootstrap: give it with --templates, "kubectl get kubeadmcontrolplanetemplate.controlplane.cluster.x-k8s.io,kubeadmconfigtemplate.bootstrap.cluster.x-k8s.io --namespace default --output yaml" prints it',
  )
})

it('says what a file holds in place of a ClusterClass or a Cluster', async () => {
  const cluster = fileOf(clusterOf())
  const complete = fileOf(clusterClass, ...all)
  await expect(readInputs({ clusterClass: cluster, cluster })).rejects.toThrow(
    `${cluster} holds Cluster and no ClusterClass: "kubectl get clusterclass NAME --output yaml" prints one`,
  )
  const empty = fileOf()
  await expect(readInputs({ clusterClass: complete, cluster: empty })).rejects.toThrow(
    `${empty} holds no objects and no Cluster: "kubectl get cluster NAME --output yaml" prints one`,
  )
  const other = fileOf(clusterOf({ classRef: { name: 'other', namespace: 'classes' } }))
  await expect(readInputs({ clusterClass: complete, cluster: other })).rejects.toThrow(
    `the Cluster default/demo is of the ClusterClass classes/other, and ${complete} holds default/fleet: "kubectl get clusterclass other --namespace classes --output yaml" prints it`,
  )
  const without = fileOf(clusterOf({ classRef: undefined }))
  await expect(readInputs({ clusterClass: complete, cluster: without })).rejects.toThrow(
    'the Cluster default/demo has no ClusterClass in spec.topology',
  )
})

it('sets variables of a Cluster in place of those that it has', () => {
  const cluster = clusterOf({
    variables: [
      { name: 'a', value: 1 },
      { name: 'b', value: 2 },
    ],
  })
  expect(withVariables(cluster, { a: 3, c: 4 })).toMatchObject({
    spec: {
      topology: {
        variables: [
          { name: 'b', value: 2 },
          { name: 'a', value: 3 },
          { name: 'c', value: 4 },
        ],
      },
    },
  })
})
