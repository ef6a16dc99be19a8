import { TemplateError } from './errors.ts'
import type { SemanticVersion } from './values.ts'
import { compareVersions, readVersion } from './version.ts'

interface Constraint {
  readonly operator: string
  readonly version: SemanticVersion
  /** The first part that is not given, as the minor one of `1.x`. */
  readonly open: 'major' | 'minor' | 'patch' | undefined
}

const part = '[0-9|xX*]+'
const word = '[0-9A-Za-z-]+'
const version = String.raw`v?(${part})(\.${part})?(\.${part})?(-(?:${word})(?:\.${word})*)?(?:\+(?:${word})(?:\.${word})*)?`
const operator = String.raw`=||!=|>|<|>=|=>|<=|=<|~|~>|\^`
const range = new RegExp(String.raw`\s*(${version})\s+-\s+(${version})\s*`, 'g')
const each = new RegExp(String.raw`(${operator})\s*(${version})`, 'g')
const one = new RegExp(String.raw`^\s*(${operator})\s*${version}\s*$`)
const all = new RegExp(
  String.raw`^(?:\s*(?:${operator})\s*(?:${version})\s*)(?:(?:\s+|,\s*)(?:${operator})\s*(?:${version})\s*)*$`,
)

/** Whether a version meets a constraint such as `>= 1.28, < 1.30`: Masterminds/semver v3.4.0. */
export function meetsConstraint(constraint: string, version: SemanticVersion): boolean {
  const alternatives = constraint
    .replace(range, (...found) => `>= ${found[1]}, <= ${found[6]} `)
    .split('||')
    .map(readAlternative)
  return alternatives.some((constraints) => {
    // A version before its release meets only constraints that name one.
    const withPrereleases = constraints.some((constraint) => constraint.version.prerelease !== '')
    if (version.prerelease !== '' && !withPrereleases) return false
    return constraints.every((constraint) => meets(version, constraint))
  })
}

function readAlternative(text: string): Constraint[] {
  if (!all.test(text)) throw new TemplateError(`improper constraint: ${text}`)
  return (text.match(each) ?? [text]).map((single) => {
    const match = one.exec(single)
    if (match === null) throw new TemplateError(`improper constraint: ${single}`)
    const [, sign = '', major = '', minor = '', patch = '', prerelease = ''] = match
    const isOpen = (value: string) => /^\.?[xX*]?$/.test(value)
    const open = isOpen(major)
      ? 'major'
      : isOpen(minor)
        ? 'minor'
        : isOpen(patch)
          ? 'patch'
          : undefined
    const parts =
      open === 'major'
        ? '0.0.0'
        : open === 'minor'
          ? `${major}.0.0`
          : open === 'patch'
            ? `${major}${minor}.0`
            : major + minor + patch
    return { operator: sign, version: readVersion(parts + prerelease), open }
  })
}

function meets(version: SemanticVersion, { operator, version: wanted, open }: Constraint): boolean {
  const order = compareVersions(version, wanted)
  switch (operator) {
    case '!=':
      return isOther(version, wanted, open, order)
    case '>':
      if (open === undefined) return order > 0
      if (version.major !== wanted.major) return version.major > wanted.major
      if (open === 'minor') return false
      return open === 'patch' ? version.minor > wanted.minor : order > 0
    case '<':
      return order < 0
    case '>=':
    case '=>':
      return order >= 0
    case '<=':
    case '=<':
      if (open === undefined) return order <= 0
      if (version.major > wanted.major) return false
      return version.major < wanted.major || version.minor <= wanted.minor || open === 'minor'
    case '^':
      return order >= 0 && isCompatible(version, wanted, open)
    case '~':
    case '~>':
      return isClose(version, wanted, open, order)
    default:
      return open === undefined ? order === 0 : isClose(version, wanted, open, order)
  }
}

type Open = Constraint['open']

function isOther(
  version: SemanticVersion,
  wanted: SemanticVersion,
  open: Open,
  order: number,
): boolean {
  if (open === undefined) return order !== 0
  if (version.major !== wanted.major) return true
  if (open === 'minor') return false
  if (version.minor !== wanted.minor) return true
  if (open === 'patch') return version.prerelease !== wanted.prerelease
  return version.patch !== wanted.patch || order !== 0
}

function isClose(
  version: SemanticVersion,
  wanted: SemanticVersion,
  open: Open,
  order: number,
): boolean {
  if (order < 0) return false
  const { major, minor, patch } = wanted
  if (major === 0n && minor === 0n && patch === 0n && open !== 'minor' && open !== 'patch')
    return true
  return version.major === major && (version.minor === minor || open === 'minor')
}

function isCompatible(version: SemanticVersion, wanted: SemanticVersion, open: Open): boolean {
  if (wanted.major > 0n || open === 'minor') return version.major === wanted.major
  if (version.major > 0n) return false
  if (wanted.minor > 0n || open === 'patch') return version.minor === wanted.minor
  return version.minor === 0n && version.patch === wanted.patch
}
