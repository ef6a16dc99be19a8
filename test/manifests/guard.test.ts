import { afterAll, beforeAll, expect, it } from 'vitest'
import { GeneratePatches } from '../../src/contract/topology.ts'
import { compareInServer } from '../../src/dev/guard/edit/compare-in-server.ts'
import { editLine } from '../../src/dev/guard/edit/edit-line.ts'
import { answerFromSources } from '../../src/dev/guard/sources.ts'
import { buildPrograms } from '../../src/dev/sandbox/build.ts'
import { nameHandlers } from '../../src/dev/sandbox/cluster-class.ts'
import { readManifest } from '../../src/dev/sandbox/extension.ts'
import { defineHook } from '../../src/handler/hook.ts'
import { KubeadmConfigTemplate } from '../../src/kubeadm/types.ts'
import { patchTemplate } from '../../src/topology/template-patch.ts'
import { defineVariables } from '../../src/topology/variables.ts'
import { walkTemplates } from '../../src/topology/walk-templates.ts'
import { eventually } from '../image/command.ts'
import { startApiServer } from '../support/api-server.ts'
import { connect } from './api.ts'
import { installDefinitions, parse, readDefinitions } from './definitions.ts'

const name = 'fleet'
let ground: Awaited<ReturnType<typeof startApiServer>>
let api: ReturnType<typeof connect>
beforeAll(async () => {
  ground = await startApiServer(await buildPrograms(['etcd', 'kube-apiserver']))
  api = connect(ground.config)
  await installDefinitions(api, readDefinitions())
  const [file = {}] = parse(await readManifest('file'))
  const handler = { hook: 'GeneratePatches', timeoutSeconds: 10, failurePolicy: 'Fail' }
  const handlers = [{ ...handler, name: `generate-patches.${name}` }]
  const resources = parse(await readManifest('clusterclass')).map((resource) =>
    resource.kind === 'ClusterClass' ? nameHandlers(resource, file, handlers) : resource,
  )
  const extensionConfig = {
    apiVersion: 'runtime.cluster.x-k8s.io/v1beta2',
    kind: 'ExtensionConfig',
    metadata: { name },
    spec: {
      clientConfig: { url: 'https://127.0.0.1:9443' },
      settings: { motd: 'of the ExtensionConfig' },
    },
  }
  for (const resource of [...resources, extensionConfig]) await apply({ ...resource })
})
afterAll(() => ground?.stop())

async function apply(resource: object) {
  const [json] = parse(JSON.stringify(resource))
  if (!json) throw new Error('nothing to apply')
  const { code, body } = await api.apply(json)
  expect([200, 201], JSON.stringify(body)).toContain(code)
}

/** Hooks that write a file to the Machines of MachineDeployments. */
const hooksWith = (content: (settings: unknown) => string) =>
  answerFromSources(
    {
      name,
      hooks: [
        defineHook(GeneratePatches, (call) =>
          walkTemplates(call, { variables: defineVariables({}) }, [
            patchTemplate(KubeadmConfigTemplate, ({ template }) => {
              template.spec.template.spec = {
                files: [{ path: '/etc/motd', content: content(call.settings) }],
              }
            }),
          ]),
        ),
      ],
    },
    { name: 'test', root: process.cwd(), now: () => new Date() },
  )
const motdOf = (settings: unknown) => String(Object(settings).motd)
const compare = async (before: typeof motdOf, after: typeof motdOf) => {
  const { kubeconfig } = ground
  const cluster = { kubeconfig, namespace: 'default', name: 'demo', extensionConfig: name }
  // For a moment the API server has no storage for a new kind.
  return editLine(
    await eventually('all kinds are listed', () =>
      compareInServer(cluster, hooksWith(before), hooksWith(after)),
    ),
  )
}

it('says nothing while there is no Cluster', async () => {
  expect(await compare(motdOf, () => 'other')).toBeUndefined()
})

it('says what an edit does to the Cluster, with the settings of its ExtensionConfig', async () => {
  const [cluster] = parse(await readManifest('cluster'))
  if (!cluster) throw new Error('no Cluster')
  await apply(cluster)
  expect(await compare(motdOf, () => 'of the ExtensionConfig')).toBeUndefined()
  expect(await compare(motdOf, () => 'other')).toBe(
    'this edit rolls out 2 Machines of default/demo: spec.files[0].content',
  )
  const fail = () => {
    throw new Error('no template')
  }
  expect(await compare(motdOf, fail)).toMatch(
    /^this edit breaks the topology: handler "generate-patches" failed: test\/manifests\/guard\.test\.ts:\d+: .*: no template$/,
  )
  expect(await compare(fail, motdOf)).toBeUndefined()
})
