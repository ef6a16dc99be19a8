import { compareVersions, parseVersion } from './version.ts'

/**
 * The control plane's way from one version to another: the last of `versions` for each minor version
 * in between, as Cluster API plans with `spec.kubernetesVersions` of a ClusterClass
 * (GetUpgradePlanFromClusterClassVersions). It ends before `to` when `versions` does not hold it, which the
 * check of every GenerateUpgradePlan answer then reports.
 *
 * @param versions Known versions, rising.
 *
 * @example
 * ```ts
 * const versions = ['v1.34.0', 'v1.34.2', 'v1.35.1', 'v1.36.0']
 * export default defineHook(GenerateUpgradePlan, ({ request }) => {
 *   const { fromControlPlaneKubernetesVersion: from, toKubernetesVersion: to } = request
 *   // From v1.34.0 to v1.36.0 this is v1.35.1, v1.36.0.
 *   const steps = planUpgrade(versions, from, to)
 *   return { controlPlaneUpgrades: steps.map((version) => ({ version })) }
 * })
 * ```
 */
export function planUpgrade(versions: readonly string[], from: string, to: string): string[] {
  const [start, end] = [parseVersion(from), parseVersion(to)]
  if (!start || !end || compareVersions(start, end) === 0) return []
  const lastOfMinor = new Map<number, string>()
  for (const version of versions) {
    const candidate = parseVersion(version)
    if (!candidate || candidate.compare(start) <= 0) continue
    const order = compareVersions(candidate, end)
    if (order !== undefined && order > 0) break
    lastOfMinor.set(candidate.minor, version)
    if (order === 0) break
  }
  if (start.minor !== end.minor) lastOfMinor.delete(start.minor)
  return [...lastOfMinor.values()]
}
