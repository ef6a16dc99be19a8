import {
  changeTopology,
  clusterKind,
  prepareAnswer,
  waitForFile,
  waitUntilSettled,
} from './cluster.ts'
import { readManifest, registerOwnExtension } from './extension.ts'
import type { Ground } from './ground.ts'
import { conditionOf, oneLine } from './objects.ts'

/** One thing that happens to the Cluster: rejects when the controllers do not do what they should. */
export interface Step {
  /** Of the keyboard. */
  readonly key: string
  readonly title: string
  /** Whether the Cluster has to be there before, or must not. */
  readonly needsCluster: boolean
  play(ground: Ground, say: (text: string) => void): Promise<void>
}

const { name } = clusterKind
const target = 'v1.36.4'

/** What can happen to the Cluster. */
export const steps = {
  create: {
    key: 'c',
    title: `Cluster ${name} is created`,
    needsCluster: false,
    async play(ground, say) {
      await ground.applyYaml(await readManifest('cluster'))
      say('takes about 45 s: the controllers try every 30 s to reach a new control plane')
      const machines = await waitUntilSettled(ground)
      say(`Cluster ${name} is Available with ${machines.length} Machines`)
    },
  },
  block: {
    key: 'b',
    title: `BeforeClusterCreate holds a new Cluster ${name}`,
    needsCluster: false,
    async play(ground, say) {
      const answer = { Status: 'Success', RetryAfterSeconds: 5, Message: 'waiting for quota' }
      await prepareAnswer(ground, 'BeforeClusterCreate', answer)
      await ground.applyYaml(await readManifest('cluster'))
      const [cluster] = await ground.waitFor(clusterKind, ([found]) => {
        const message = oneLine(conditionOf(found, 'TopologyReconciled').message)
        return message.includes(answer.Message)
          ? undefined
          : `the conditions of Cluster ${name} do not say that it is held: ${message}`
      })
      say(`it says: ${oneLine(conditionOf(cluster, 'TopologyReconciled').message)}`)
    },
  },
  release: {
    key: 'r',
    title: `BeforeClusterCreate lets Cluster ${name} go`,
    needsCluster: true,
    async play(ground, say) {
      await prepareAnswer(ground, 'BeforeClusterCreate')
      const machines = await waitUntilSettled(ground)
      say(`Cluster ${name} is Available with ${machines.length} Machines`)
    },
  },
  upgrade: {
    key: 'u',
    title: `Cluster ${name} is upgraded to ${target}`,
    needsCluster: true,
    async play(ground, say) {
      await changeTopology(ground, { version: target })
      const machines = await waitUntilSettled(ground, 600)
      say(`${machines.length} Machines run ${target}`)
    },
  },
  'in-place': {
    key: 'i',
    title: `The Machines of Cluster ${name} get a file in place`,
    needsCluster: true,
    async play(ground, say) {
      // A control plane is updated in place only where no other Machine may be added for a while.
      const controlPlane = { controlPlane: { replicas: 3 } }
      await changeTopology(ground, controlPlane, { kubeadmControlPlaneMaxSurge: '0' })
      const before = await waitUntilSettled(ground)
      say(`Cluster ${name} has ${before.length} Machines`)

      await registerOwnExtension(ground, {
        disableInPlaceUpdates: 'false',
        inPlaceUpdateSeconds: '5',
      })
      const path = `/etc/sandbox/${Date.now()}`
      const files = [{ path, content: 'in place', contentFormat: 'Raw' }]
      await changeTopology(ground, {}, { files })
      await waitForFile(ground, path)
      const after = await waitUntilSettled(ground)
      await registerOwnExtension(ground)
      const replaced = before.filter((machine) => !after.includes(machine))
      if (replaced.length > 0) throw new Error(`Machines were replaced: ${replaced.join(', ')}`)
      say(`${after.length} Machines have the file ${path}, none was replaced`)
    },
  },
  delete: {
    key: 'd',
    title: `Cluster ${name} is deleted`,
    needsCluster: true,
    async play(ground, say) {
      const { apiVersion, kind } = clusterKind
      await ground.objects.delete({ apiVersion, kind, metadata: { name } })
      await ground.waitFor(
        clusterKind,
        ([found]) =>
          found &&
          oneLine(`Cluster ${name} is still there: ${conditionOf(found, 'Deleting').message}`),
      )
      say(`Cluster ${name} is gone`)
    },
  },
} as const satisfies Record<string, Step>

/** A name of a step. */
export type StepName = keyof typeof steps

/** The scenarios of --run: the steps that lead there, and the one they are named after. */
export const scenarios = {
  create: ['create'],
  block: ['block'],
  release: ['block', 'release'],
  upgrade: ['create', 'upgrade'],
  'in-place': ['create', 'in-place'],
  delete: ['create', 'delete'],
} as const satisfies Record<string, readonly StepName[]>
