import { parse } from 'semver'
import { objectAt } from '../../json/json.ts'
import {
  changeTopology,
  clusterKind,
  createCluster,
  waitForFile,
  waitUntilSettled,
} from './cluster.ts'
import type { SandboxedExtension } from './extension.ts'
import { readHandlers } from './extension-config.ts'
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
  play(sandbox: SandboxedExtension, say: (text: string) => void): Promise<void>
}

const { name } = clusterKind
const target = 'v1.36.4'

/** What can happen to the Cluster. */
export const steps = {
  create: {
    key: 'c',
    title: `Cluster ${name} is created`,
    needsCluster: false,
    async play(sandbox, say) {
      await createCluster(sandbox)
      say('takes about 45 s: the controllers try every 30 s to reach a new control plane')
      const machines = await waitUntilSettled(sandbox)
      say(`Cluster ${name} is Available with ${machines.length} Machines`)
    },
  },
  upgrade: {
    key: 'u',
    title: `Cluster ${name} is upgraded to ${target}`,
    needsCluster: true,
    async play(sandbox, say) {
      const { apiVersion, kind } = clusterKind
      const cluster = await sandbox.objects.read<Resource>({ apiVersion, kind, metadata: { name } })
      const from = String(objectAt(cluster.spec, ['topology'])?.['version'])
      const planned = (await servedHooks(sandbox)).has('GenerateUpgradePlan')
      if (!planned) say('not served: GenerateUpgradePlan. It goes up one minor version at a time')
      for (const version of planned ? [target] : minorVersions(from, target)) {
        await changeTopology(sandbox, { version })
        const machines = await waitUntilSettled(sandbox, 600)
        say(`${machines.length} Machines run ${version}`)
      }
    },
  },
  'in-place': {
    key: 'i',
    title: `The Machines of Cluster ${name} get a file in place`,
    needsCluster: true,
    needsHooks: [['UpdateMachine'], ['CanUpdateMachine', 'CanUpdateMachineSet']],
    async play(sandbox, say) {
      await changeTopology(sandbox, { controlPlane: { replicas: 3 } })
      const before = await waitUntilSettled(sandbox)
      say(`Cluster ${name} has ${before.length} Machines`)

      const path = `/etc/sandbox/${Date.now()}`
      await changeTopology(sandbox, {}, { sandboxFile: path })
      // One Machine after the other, and an update may take minutes.
      await waitForFile(sandbox, path, 900)
      const after = new Set((await waitUntilSettled(sandbox)).map(nameOf))

      const served = await servedHooks(sandbox)
      const replaced = before.filter((machine) => !after.has(nameOf(machine)))
      for (const [hook, machines] of Map.groupBy(replaced, askedBy)) {
        const names = machines.map(nameOf).join(', ')
        if (served.has(hook))
          throw new Error(
            `Machines were replaced: ${names}. ${hook} did not take over the change of spec.files of their KubeadmConfig`,
          )
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
    async play(sandbox, say) {
      const { apiVersion, kind } = clusterKind
      await sandbox.objects.delete({ apiVersion, kind, metadata: { name } })
      await sandbox.waitFor(
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

/** The hooks that the extension serves, as the controllers know it. */
export async function servedHooks(sandbox: SandboxedExtension): Promise<Set<string>> {
  return new Set(
    (await readHandlers(sandbox, sandbox.extensionConfig.name)).map(({ hook }) => hook),
  )
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
