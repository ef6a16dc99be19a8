import * as v from 'valibot'
import { apiVersion, type HookContract } from '../contract/contract.ts'
import type { JsonObject } from '../json/json.ts'
import { describeIssue } from '../messages/describe-issue.ts'
import { clusterOf, defaultVersions } from './cluster.ts'
import { machineOf } from './machine.ts'
import { machineSetOf } from './machine-set.ts'
import { topologyOf } from './topology.ts'

/**
 * A request of a hook, small and valid: the fields that are given, and defaults for those that the hook needs beside
 * them. An upgrade goes from v1.35.0 to v1.36.0. `desired` is as `current`, so that a test says only what differs.
 * Throws TypeError when the result is no request of the hook.
 *
 * @example
 * ```ts
 * requestOf(BeforeClusterCreate, { cluster: clusterOf({ namespace: 'team-a' }) })
 * requestOf(BeforeClusterUpgrade, { toKubernetesVersion: 'v1.37.0' })
 * requestOf(GeneratePatches, topologyOf({ variables: { region: 'eu' } }))
 * requestOf(CanUpdateMachine, { desired: machineOf({ version: 'v1.37.0' }) })
 * ```
 */
export function requestOf<Request extends object>(
  contract: HookContract<Request>,
  fields: Partial<NoInfer<Request>> = {},
): Request {
  const { hook } = contract
  const request = {
    apiVersion,
    kind: `${hook}Request`,
    ...defaults[hook]?.({ ...fields }),
    ...fields,
  }
  const { success, output, issues } = v.safeParse(contract.request, request, { abortEarly: true })
  if (success) return output
  throw new TypeError(`this is no ${hook}Request: ${describeIssue(issues[0])}`)
}

const { current, previous } = defaultVersions
const version = (value: unknown, usual: string) => (typeof value === 'string' ? value : usual)

const aboutCluster = () => ({ cluster: clusterOf() })
const beforeWorkersUpgrade = ({ toKubernetesVersion }: JsonObject) => {
  const to = version(toKubernetesVersion, current)
  return {
    cluster: clusterOf({ version: to }),
    fromKubernetesVersion: previous,
    toKubernetesVersion: to,
    workersUpgrades: [{ version: to }],
  }
}
const beforeUpgrade = (fields: JsonObject) => {
  const request = beforeWorkersUpgrade(fields)
  return { ...request, controlPlaneUpgrades: request.workersUpgrades }
}
const afterUpgrade = ({ kubernetesVersion }: JsonObject) => {
  const reached = version(kubernetesVersion, current)
  return { cluster: clusterOf({ version: reached }), kubernetesVersion: reached }
}

/** What a request needs beside the fields that are given, by the name of its hook. */
const defaults: Readonly<Record<string, (fields: JsonObject) => object>> = {
  BeforeClusterCreate: aboutCluster,
  AfterControlPlaneInitialized: aboutCluster,
  BeforeClusterUpgrade: beforeUpgrade,
  BeforeControlPlaneUpgrade: beforeUpgrade,
  BeforeWorkersUpgrade: beforeWorkersUpgrade,
  AfterControlPlaneUpgrade: afterUpgrade,
  AfterWorkersUpgrade: afterUpgrade,
  AfterClusterUpgrade: afterUpgrade,
  BeforeClusterDelete: aboutCluster,
  GeneratePatches: () => topologyOf(),
  ValidateTopology: () => topologyOf(),
  GenerateUpgradePlan({ toKubernetesVersion, fromControlPlaneKubernetesVersion }) {
    const to = version(toKubernetesVersion, current)
    const from = version(fromControlPlaneKubernetesVersion, previous)
    return {
      cluster: clusterOf({ version: to }),
      fromControlPlaneKubernetesVersion: from,
      fromWorkersKubernetesVersion: from,
      toKubernetesVersion: to,
    }
  },
  CanUpdateMachine: ({ current = machineOf() }) => ({ current, desired: current }),
  CanUpdateMachineSet: ({ current = machineSetOf() }) => ({ current, desired: current }),
  UpdateMachine: () => ({ desired: machineOf() }),
}
