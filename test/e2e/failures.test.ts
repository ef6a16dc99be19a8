import { afterAll, beforeAll, expect, it } from 'vitest'
import { AfterControlPlaneInitialized, BeforeClusterCreate } from '../../src/contract/lifecycle.ts'
import { GeneratePatches } from '../../src/contract/topology.ts'
import { conditionOf, type Resource } from '../../src/dev/sandbox/objects.ts'
import { defineHook } from '../../src/handler/hook.ts'
import { patchTemplate } from '../../src/topology/template-patch.ts'
import { templateType } from '../../src/topology/template-type.ts'
import { defineVariables } from '../../src/topology/variables.ts'
import { walkTemplates } from '../../src/topology/walk-templates.ts'
import { serveOwn } from './own-extension.ts'
import { createScene, type Scene } from './scene.ts'

// Handlers of the test, in the place of ours.
let broken = true
const throwing = defineHook(BeforeClusterCreate, () => {
  if (broken) throw new Error('a bug')
})
const ignored = defineHook(
  AfterControlPlaneInitialized,
  () => {
    throw new Error('a bug that the failurePolicy forgives')
  },
  { failurePolicy: 'Ignore' },
)
interface ControlPlaneTemplate {
  spec: { template: { metadata?: { labels?: Record<string, string> } } }
}
const controlPlaneTemplate = templateType<ControlPlaneTemplate>(
  'controlplane.cluster.x-k8s.io/v1beta2',
  'KubeadmControlPlaneTemplate',
)
const bySetting = defineHook(GeneratePatches, (call) =>
  walkTemplates(call, { variables: defineVariables({}) }, [
    patchTemplate(controlPlaneTemplate, ({ template: { spec } }) => {
      const team = call.request.settings?.['team'] ?? 'none'
      spec.template.metadata ??= {}
      spec.template.metadata.labels = { ...spec.template.metadata.labels, team }
    }),
  ]),
)

let scene: Scene
let own: Awaited<ReturnType<typeof serveOwn>>
beforeAll(async () => {
  own = await serveOwn([throwing, ignored, bySetting])
  scene = await createScene('failures', [own.port])
  await scene.register({ team: 'one' })
  await scene.applyClusterClass()
})
afterAll(async () => {
  await scene.end()
  await own.close()
})

const says = (part: string) => (cluster: Resource | undefined) => {
  const { message } = conditionOf(cluster, 'TopologyReconciled')
  return message.includes(part) ? undefined : `it says ${message}`
}
const controlPlanes = () =>
  scene.list('controlplane.cluster.x-k8s.io/v1beta2', 'KubeadmControlPlane')

it('waits while the extension is down, with failurePolicy Fail', async () => {
  await scene.recorder.close()
  await scene.createCluster()
  await scene.waitForCluster(says('connection refused'))
  expect(await controlPlanes()).toEqual([])
})

it('waits while a handler throws, and shows the constant message', async () => {
  await scene.recorder.open()
  await scene.waitForCluster(
    says('BeforeClusterCreate handler \\"before-cluster-create\\" failed, see its log'),
  )
  expect(await controlPlanes()).toEqual([])
})

it('goes on by itself when the handler is mended', async () => {
  broken = false
  expect(await scene.settled()).toHaveLength(3)
})

it('goes on past a broken handler with failurePolicy Ignore', async () => {
  const calls = scene.recorder.calls.filter(({ hook }) => hook === 'aftercontrolplaneinitialized')
  expect(calls.map(({ status }) => status)).toContain(500)
  // The controller keeps hooks that it has still to call in an annotation.
  const cluster = await scene.cluster()
  const pending = cluster?.metadata?.annotations?.['runtime.cluster.x-k8s.io/pending-hooks'] ?? ''
  expect(pending).not.toContain('AfterControlPlaneInitialized')
})

it('takes up changed settings without a restart', async () => {
  const teams = async () =>
    (await controlPlanes()).map(({ metadata }) => metadata?.labels?.['team'])
  expect(await teams()).toEqual(['one'])
  await scene.register({ team: 'two' })
  // Any change makes the controller reconcile.
  await scene.changeTopology({ workers: { machineDeployments: workers(3) } })
  expect(await scene.settled()).toHaveLength(4)
  expect(await teams()).toEqual(['two'])
})

const workers = (replicas: number) => [{ class: 'default-worker', name: 'md-0', replicas }]
