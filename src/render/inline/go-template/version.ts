import { TemplateError } from './errors.ts'
import type { SemanticVersion } from './values.ts'

const pattern =
  /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-((?:[0-9A-Za-z-]+)(?:\.[0-9A-Za-z-]+)*))?(?:\+((?:[0-9A-Za-z-]+)(?:\.[0-9A-Za-z-]+)*))?$/

/** A version as NewVersion of Masterminds/semver reads it: `v1.29` is 1.29.0. */
export function readVersion(original: string): SemanticVersion {
  const match = pattern.exec(original)
  if (match === null) throw new TemplateError(`invalid semantic version: ${original}`)
  const [, major = '', minor = '0', patch = '0', prerelease = '', metadata = ''] = match
  if (prerelease.split('.').some((part) => /^0\d+$/.test(part)))
    throw new TemplateError(`version segment starts with 0: ${original}`)
  const [first, second, third] = [BigInt(major), BigInt(minor), BigInt(patch)]
  return { kind: 'ptr', major: first, minor: second, patch: third, prerelease, metadata, original }
}

export function versionText({
  major,
  minor,
  patch,
  prerelease,
  metadata,
}: SemanticVersion): string {
  const build = metadata === '' ? '' : `+${metadata}`
  return `${major}.${minor}.${patch}${prerelease === '' ? '' : `-${prerelease}`}${build}`
}

/** Below, at or above 0: the order of two versions. Their metadata does not count. */
export function compareVersions(first: SemanticVersion, second: SemanticVersion): number {
  for (const part of ['major', 'minor', 'patch'] as const)
    if (first[part] !== second[part]) return first[part] < second[part] ? -1 : 1
  if (first.prerelease === second.prerelease) return 0
  if (first.prerelease === '') return 1
  if (second.prerelease === '') return -1
  return comparePrereleases(first.prerelease.split('.'), second.prerelease.split('.'))
}

// A number is below a word, and a missing part below any.
function comparePrereleases(first: readonly string[], second: readonly string[]): number {
  for (let index = 0; index < Math.max(first.length, second.length); index += 1) {
    const [one, other] = [first[index], second[index]]
    if (one === other) continue
    if (one === undefined) return -1
    if (other === undefined) return 1
    const [isNumber, isOtherNumber] = [/^\d+$/.test(one), /^\d+$/.test(other)]
    if (isNumber !== isOtherNumber) return isNumber ? -1 : 1
    if (isNumber) return BigInt(one) < BigInt(other) ? -1 : 1
    return one < other ? -1 : 1
  }
  return 0
}
