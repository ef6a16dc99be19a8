import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chooseHooks } from '../../src/cli/project/choose-hooks.ts'
import { templateFiles } from '../../src/cli/project/template-files.ts'
import { buildPrograms } from '../../src/dev/sandbox/build.ts'
import { objectAt } from '../../src/json/json.ts'
import { eventually } from '../image/command.ts'
import { startApiServer } from '../support/api-server.ts'
import { connect } from './api.ts'
import { installDefinitions, parse, readDefinitions, readManifest } from './definitions.ts'

// What `init` writes into the folder manifests of a project.
const names = {
  name: 'fleet',
  namespace: 'fleet-system',
  image: 'ghcr.io/team/fleet:1',
  version: '0.1.0',
}
const files = templateFiles({ names, hooks: chooseHooks('all'), dependency: '0.1.0' })
const paths = [...files.keys()].filter((path) => path.startsWith('manifests/')).sort()
const read = (path: string) => parse(files.get(path) ?? '')
const applied = paths.filter((path) => path.startsWith('manifests/deploy/'))

const ok = { code: expect.toSatisfy((code) => code === 200 || code === 201), warnings: [] }
let server: Awaited<ReturnType<typeof startApiServer>>
let api: ReturnType<typeof connect>

beforeAll(async () => {
  server = await startApiServer(await buildPrograms(['etcd', 'kube-apiserver']))
  api = connect(server.config)
  await eventually('readyz', async () => expect((await api.call('GET', '/readyz')).code).toBe(200))
  await installDefinitions(api, readDefinitions())
  for (const clusterClass of readManifest('manifests/workload/cluster-class.yaml').slice(0, 1))
    expect(await api.apply(clusterClass)).toMatchObject(ok)
})
afterAll(() => server?.stop())

describe('the API server takes without a warning', () => {
  it.each([...applied, 'manifests/extension-config.yaml'])('%s', async (path) => {
    const resources = read(path)
    expect(resources).not.toEqual([])
    for (const resource of resources)
      expect(
        await api.apply(resource),
        `${resource.kind} ${resource.metadata?.name}`,
      ).toMatchObject(ok)
  })

  it.each([
    ['manifests/cluster-class-patch.yaml', 'application/json-patch+json'],
    ['manifests/cluster-class-upgrade.yaml', 'application/merge-patch+json'],
  ])('%s for a ClusterClass', async (path, type) => {
    const [patch] = read(path)
    const url = '/apis/cluster.x-k8s.io/v1beta2/namespaces/default/clusterclasses/sample-extension'
    const answer = await api.call('PATCH', `${url}?fieldValidation=Strict`, patch, type)
    expect(answer).toMatchObject(ok)
    expect(JSON.stringify(answer.body['spec'])).toMatch(
      path.includes('upgrade')
        ? '"generateUpgradePlanExtension":"generate-upgrade-plan.fleet"'
        : '"generatePatchesExtension":"generate-patches.fleet"',
    )
  })
})

it('Pod Security "restricted" of the namespace admits the pods', async () => {
  const deployment = read('manifests/deploy/deployment.yaml').find(
    ({ kind }) => kind === 'Deployment',
  )
  const template = objectAt(deployment, ['spec', 'template'])
  const metadata = { ...objectAt(template, ['metadata']), name: 'pod', namespace: names.namespace }
  const pod = { ...template, apiVersion: 'v1', kind: 'Pod', metadata }
  expect(await api.dryRun(pod)).toMatchObject({ code: 201, warnings: [] })
})

describe('the ServiceAccount may', () => {
  async function allowedVerbs(resource: string, where: string, group: string) {
    const verbs = [
      'get',
      'list',
      'watch',
      'create',
      'update',
      'patch',
      'delete',
      'deletecollection',
    ]
    const user = `system:serviceaccount:${names.namespace}:${names.name}`
    const groups = [
      'system:serviceaccounts',
      `system:serviceaccounts:${names.namespace}`,
      'system:authenticated',
    ]
    const answers = await Promise.all(
      verbs.map(async (verb) => {
        const resourceAttributes = { verb, resource, group, namespace: where }
        const review = { spec: { user, groups, resourceAttributes } }
        const path = '/apis/authorization.k8s.io/v1/subjectaccessreviews'
        const { body } = await api.call('POST', path, review)
        return objectAt(body, ['status'])?.['allowed'] === true ? [verb] : []
      }),
    )
    return answers.flat()
  }

  it.each([
    ['configmaps', 'default', '', ['get', 'create', 'patch']],
    ['machines', 'default', 'cluster.x-k8s.io', ['get']],
    ['clusters', 'default', 'cluster.x-k8s.io', []],
    ['secrets', 'default', '', []],
    ['configmaps', 'kube-system', '', []],
    ['configmaps', names.namespace, '', []],
  ])('do with %s in %s, group "%s": %j', async (resource, where, group, verbs) => {
    expect(await allowedVerbs(resource, where, group)).toEqual(verbs)
  })
})
