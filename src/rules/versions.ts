import { parse, type SemVer } from 'semver'

/**
 * Parses `v1.36.4+build.1`; undefined for what the webhooks of Cluster and KubeadmControlPlane refuse (core/webhooks,
 * controlplane/kubeadm/webhooks), such as `v1.36` and `1.36.4`. A plan with such a version is stuck.
 */
export function parseVersion(text: string): SemVer | undefined {
  return /^v\d\S*$/.test(text) ? (parse(text) ?? undefined) : undefined
}

/**
 * -1, 0 or 1 with build tags in account; `unordered` when versions differ only in build tags that are
 * words (util/version).
 */
export function compareVersions(left: SemVer, right: SemVer): number | 'unordered' {
  const order = left.compare(right)
  if (order !== 0) return order
  for (const [index, tag] of left.build.entries()) {
    const other = right.build[index]
    if (other === undefined) return 1
    if (tag === other) continue
    const [isNumber, otherIsNumber] = [/^\d+$/.test(tag), /^\d+$/.test(other)]
    if (!isNumber && !otherIsNumber) return 'unordered'
    if (isNumber !== otherIsNumber) return isNumber ? -1 : 1
    const sign = Math.sign(Number(tag) - Number(other))
    if (sign !== 0) return sign
  }
  return Math.sign(left.build.length - right.build.length)
}
