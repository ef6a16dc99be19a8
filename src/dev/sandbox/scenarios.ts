import { parse } from 'semver'
import { objectAt } from '../../json/json.ts'
import {
  changeTopology,
  clusterKind,
  createCluster,
  prepareAnswer,
  waitForFile,
  waitUntilSettled,
} from './cluster.ts'
import { extensionName, registerOwnExtension } from './extension.ts'
import { readHandlers } from './extension-config.ts'
import type { Ground } from './ground.ts'
import { conditionOf, oneLine, type Resource } from './objects.ts'

/** One thing that happens to the Cluster: rejects when the controllers do not do what they should. */
export interface Step {
  /** Of the keyboard. */
  readonly key: string
  readonly title: string
  /** Whether the Cluster has to be there before, or must not. */
  readonly needsCluster: boolean
  /** The hooks without which there is nothing to see: one of each list. */
  readonly needsHooks?: readonly (readonly string[])[]
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
      await createCluster(ground)
      say('takes about 45 s: the controllers try every 30 s to reach a new control plane')
      const machines = await waitUntilSettled(ground)
      say(`Cluster ${name} is Available with ${machines.length} Machines`)
    },
  },
  block: {
    key: 'b',
    title: `BeforeClusterCreate holds a new Cluster ${name}`,
    needsCluster: false,
    needsHooks: [['BeforeClusterCreate']],
    async play(ground, say) {
      const answer = { Status: 'Success', RetryAfterSeconds: 5, Message: 'waiting for quota' }
      await prepareAnswer(ground, 'BeforeClusterCreate', answer)
      await createCluster(ground)
      const [cluster] = await ground.waitFor(clusterKind, ([found]) => {
        if (found?.spec?.['controlPlaneRef'])
          throw new Error(
            `BeforeClusterCreate let Cluster ${name} go: its handler does not answer what is prepared`,
          )
        const message = oneLine(conditionOf(found, 'TopologyReconciled').message)
        return message.includes('BeforeClusterCreate')
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
    needsHooks: [['BeforeClusterCreate']],
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
      const { apiVersion, kind } = clusterKind
      const cluster = await ground.objects.read<Resource>({ apiVersion, kind, metadata: { name } })
      const from = String(objectAt(cluster.spec, ['topology'])?.['version'])
      const planned = (await servedHooks(ground)).has('GenerateUpgradePlan')
      if (!planned) say('not served: GenerateUpgradePlan. It goes up one minor version at a time')
      for (const version of planned ? [target] : minorVersions(from, target)) {
        await changeTopology(ground, { version })
        const machines = await waitUntilSettled(ground, 600)
        say(`${machines.length} Machines run ${version}`)
      }
    },
  },
  'in-place': {
    key: 'i',
    title: `The Machines of Cluster ${name} get a file in place`,
    needsCluster: true,
    needsHooks: [['UpdateMachine'], ['CanUpdateMachine', 'CanUpdateMachineSet']],
    async play(ground, say) {
      await changeTopology(ground, { controlPlane: { replicas: 3 } })
      const before = await waitUntilSettled(ground)
      say(`Cluster ${name} has ${before.length} Machines`)

      await registerOwnExtension(ground, {
        disableInPlaceUpdates: 'false',
        inPlaceUpdateSeconds: '5',
      })
      const path = `/etc/sandbox/${Date.now()}`
      await changeTopology(ground, {}, { sandboxFile: path })
      await waitForFile(ground, path)
      const after = new Set((await waitUntilSettled(ground)).map(nameOf))
      await registerOwnExtension(ground)

      const served = await servedHooks(ground)
      const replaced = before.filter((machine) => !after.has(nameOf(machine)))
      for (const [hook, machines] of Map.groupBy(replaced, askedBy)) {
        const names = machines.map(nameOf).join(', ')
        if (served.has(hook)) throw new Error(`Machines were replaced: ${names}`)
        say(`not served: ${hook}. Machines were replaced: ${names}`)
      }
      const kept = before.length - replaced.length
      say(`${after.size} Machines have the file ${path}, ${kept} were updated in place`)
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

/** The hooks that the extension serves, as the controllers know it. */
export async function servedHooks(ground: Ground): Promise<Set<string>> {
  return new Set((await readHandlers(ground, extensionName)).map(({ hook }) => hook))
}

/** The hooks that a step needs and the extension does not serve; empty when none is missing. */
export function missingHooks(name: StepName, served: ReadonlySet<string>): string {
  const { needsHooks = [] }: Step = steps[name]
  return needsHooks
    .filter((hooks) => !hooks.some((hook) => served.has(hook)))
    .map((hooks) => hooks.join(' or '))
    .join(', ')
}

/**
 * The versions through which a Cluster is upgraded without a plan: one minor version at a time, since Cluster API
 * refuses more (core/webhooks/admission/cluster.go).
 */
export function minorVersions(from: string, to: string): string[] {
  const [first, last] = [parse(from)?.minor ?? 0, parse(to)?.minor ?? 0]
  const between = Array.from({ length: Math.max(0, last - first - 1) }, (_, i) => first + i + 1)
  return [...between.map((minor) => `v1.${minor}.0`), to]
}

const nameOf = ({ metadata }: Resource) => String(metadata?.name)

const askedBy = ({ metadata }: Resource) =>
  'cluster.x-k8s.io/control-plane' in (metadata?.labels ?? {})
    ? 'CanUpdateMachine'
    : 'CanUpdateMachineSet'
