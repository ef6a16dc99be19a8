import type { SemVer } from 'semver'
import { compareVersions, parseVersion } from './version.ts'

/** An upgrade as the controller asks for it. */
export interface Upgrade {
  fromControlPlaneKubernetesVersion: string
  /** The lowest version among the workers; empty when there are none. */
  fromWorkersKubernetesVersion?: string | null | undefined
  toKubernetesVersion: string
}

/** Versions to go through, in order, each list without the version that it starts from. */
export interface UpgradePlan {
  controlPlane: readonly string[]
  /** Empty: the controller computes the fewest steps that the version skew policy allows. */
  workers: readonly string[]
}

/**
 * The first rule of the controller that a plan breaks, as a sentence, or undefined when it keeps all
 * (DefaultAndValidateUpgradePlans in exp/topology/desiredstate/upgrade_plan.go). A Cluster with a bad plan is
 * stuck: its version cannot be changed again.
 */
export function checkUpgradePlan(upgrade: Upgrade, plan: UpgradePlan): string | undefined {
  const { fromControlPlaneKubernetesVersion, fromWorkersKubernetesVersion } = upgrade
  const versions = new Map<string, SemVer>()
  for (const version of [
    upgrade.toKubernetesVersion,
    fromControlPlaneKubernetesVersion,
    ...(fromWorkersKubernetesVersion ? [fromWorkersKubernetesVersion] : []),
    ...plan.controlPlane,
    ...plan.workers,
  ]) {
    const parsed = parseVersion(version)
    if (!parsed) return `"${version}" is not a Kubernetes version such as v1.36.4`
    versions.set(version, parsed)
  }
  const order = (left: string, right: string) => {
    const [a, b] = [versions.get(left), versions.get(right)]
    return a && b && compareVersions(a, b)
  }
  const minor = (version: string) => versions.get(version)?.minor ?? 0
  return checkControlPlane(upgrade, plan, order, minor) ?? checkWorkers(upgrade, plan, order, minor)
}

type Order = (left: string, right: string) => number | undefined
type Minor = (version: string) => number

function checkControlPlane(
  { fromControlPlaneKubernetesVersion: from, toKubernetesVersion: to }: Upgrade,
  { controlPlane }: UpgradePlan,
  order: Order,
  minor: Minor,
): string | undefined {
  if (order(from, to) === 0)
    return controlPlane.length > 0
      ? `the control plane is already at ${to}: its plan must be empty`
      : undefined
  let current = from
  for (const version of controlPlane) {
    // Versions that differ only in build tags without an order may follow each other.
    if ((order(version, current) ?? 1) <= 0)
      return `the control plane's plan must rise: ${version} comes after ${current}`
    if (![0, 1].includes(minor(version) - minor(current)))
      return `the control plane's plan must not skip a minor version: ${version} comes after ${current}`
    current = version
  }
  return order(current, to) === 0
    ? undefined
    : `the control plane's plan must end at ${to}: it ends at ${current}`
}

function checkWorkers(
  {
    fromControlPlaneKubernetesVersion,
    fromWorkersKubernetesVersion: from,
    toKubernetesVersion: to,
  }: Upgrade,
  { controlPlane, workers }: UpgradePlan,
  order: Order,
  minor: Minor,
): string | undefined {
  if (workers.length === 0) return undefined
  if (!from || order(from, to) === 0)
    return `there are no workers below ${to}: their plan must be empty`
  const known = [fromControlPlaneKubernetesVersion, ...controlPlane]
  let current = from
  for (const version of workers) {
    if (controlPlane.length > 0 && !known.includes(version))
      return `the workers' plan has ${version}, which is no version of the control plane`
    // Build tags without an order follow the control plane's plan.
    const follows = known.includes(current) && known.indexOf(version) > known.indexOf(current)
    if ((order(version, current) ?? (follows ? 1 : -1)) <= 0)
      return `the workers' plan must rise: ${version} comes after ${current}`
    if (minor(version) - minor(current) > 3)
      return `the workers' plan must not step over more than three minor versions: ${version} comes after ${current}`
    current = version
  }
  return order(current, to) === 0
    ? undefined
    : `the workers' plan must end at ${to}: it ends at ${current}`
}
