import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadAll } from 'js-yaml'
import { expect } from 'vitest'
import { eventually } from '../image/command.ts'
import type { connect, Resource } from './api.ts'

const project = new URL('../..', import.meta.url).pathname

/** All objects of a YAML file of the project. */
export function readManifest(path: string): Resource[] {
  return parse(readFileSync(join(project, path), 'utf8'))
}

/** The objects of a YAML text. */
export function parse(content: string): Resource[] {
  return (loadAll(content) as (Resource | null)[]).filter((resource) => resource !== null)
}

/** The CustomResourceDefinitions of Cluster API and of the cert-manager that its clusterctl installs. */
export function readDefinitions(): Resource[] {
  const version = /^CLUSTER_API_VERSION=(.*)$/m.exec(
    readFileSync(join(project, 'scripts/versions.env'), 'utf8'),
  )?.[1]
  const clusterApi = goModule(`sigs.k8s.io/cluster-api@${version}`)
  const tests = goModule(`sigs.k8s.io/cluster-api/test@${version}`)
  const client = join(clusterApi, 'cmd/clusterctl/client/config/cert_manager_client.go')
  const certManager = /CertManagerDefaultVersion = "(.*)"/.exec(readFileSync(client, 'utf8'))?.[1]
  return [
    join(clusterApi, 'core/config/crd/bases'),
    join(clusterApi, 'bootstrap/kubeadm/config/crd/bases'),
    join(clusterApi, 'controlplane/kubeadm/config/crd/bases'),
    join(tests, 'infrastructure/docker/config/crd/bases'),
    join(goModule(`github.com/cert-manager/cert-manager@${certManager}`), 'deploy/crds'),
  ].flatMap((directory) =>
    readdirSync(directory)
      .filter((file) => file.endsWith('.yaml'))
      .flatMap((file) => parse(readFileSync(join(directory, file), 'utf8'))),
  )
}

/** Installs definitions, and waits until the API server has their kinds. */
export async function installDefinitions(
  api: ReturnType<typeof connect>,
  definitions: readonly Resource[],
): Promise<void> {
  for (const definition of definitions)
    expect([200, 201]).toContain((await api.apply(definition)).code)
  for (const { metadata } of definitions)
    await eventually(`${metadata?.name}`, async () => {
      const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${metadata?.name}`
      const { body } = await api.call('GET', path)
      expect(body['status']).toMatchObject({
        conditions: expect.arrayContaining([
          expect.objectContaining({ type: 'Established', status: 'True' }),
        ]),
      })
    })
}

/** The folder of a Go module such as `sigs.k8s.io/cluster-api@v1.14.2`, which the go command downloads when it is not there. */
export function goModule(module: string): string {
  const output = execFileSync('go', ['mod', 'download', '-json', module], {
    encoding: 'utf8',
    cwd: '/',
  })
  return JSON.parse(output).Dir
}
