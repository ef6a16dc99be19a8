import type { SemVer } from 'semver'
import parse from 'semver/functions/parse.js'

/**
 * A Kubernetes version such as `v1.36.4`, parsed; undefined for what the webhooks of Cluster and KubeadmControlPlane
 * refuse, such as `v1.36` and `1.36.4`.
 */
export function parseVersion(version: string): SemVer | undefined {
  return /^v\d\S*$/.test(version) ? (parse(version) ?? undefined) : undefined
}

/**
 * Order of two versions with their build tags, as Cluster API compares them (util/version): below 0,
 * 0 or above 0; undefined when only build tags differ that have no order, such as commit hashes.
 */
export function compareVersions(left: SemVer, right: SemVer): number | undefined {
  const order = left.compare(right)
  if (order !== 0) return order
  for (const [index, tag] of left.build.entries()) {
    const other = right.build[index]
    if (other === undefined) return 1
    if (tag === other) continue
    const [number, otherNumber] = [numeric(tag), numeric(other)]
    if (number === undefined && otherNumber === undefined) return undefined
    if (number === undefined) return 1
    if (otherNumber === undefined) return -1
    if (number !== otherNumber) return number - otherNumber
  }
  return left.build.length - right.build.length
}

function numeric(tag: string): number | undefined {
  return /^\d+$/.test(tag) ? Number(tag) : undefined
}
