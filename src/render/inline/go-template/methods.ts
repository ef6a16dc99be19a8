import { type GoFunction, takes } from './signature.ts'
import { integer, type SemanticVersion } from './values.ts'
import { compareVersions, versionText } from './version.ts'

/** Methods of a version that are not known here. */
export const unknownMethods = [
  ...['IncPatch', 'IncMinor', 'IncMajor', 'SetPrerelease', 'SetMetadata', 'UnmarshalJSON'],
  ...['MarshalJSON', 'UnmarshalText', 'MarshalText', 'Scan', 'Value'],
]

/** The methods of what `semver` gives. */
export function methodsOf(version: SemanticVersion): Map<string, GoFunction> {
  const compares = (decide: (order: number) => boolean) =>
    takes(['*semver.Version'], (other) => decide(compareVersions(version, other)))
  return new Map([
    ['Major', takes([], () => integer('uint64', version.major))],
    ['Minor', takes([], () => integer('uint64', version.minor))],
    ['Patch', takes([], () => integer('uint64', version.patch))],
    ['Prerelease', takes([], () => version.prerelease)],
    ['Metadata', takes([], () => version.metadata)],
    ['Original', takes([], () => version.original)],
    ['String', takes([], () => versionText(version))],
    ['LessThan', compares((order) => order < 0)],
    ['LessThanEqual', compares((order) => order <= 0)],
    ['GreaterThan', compares((order) => order > 0)],
    ['GreaterThanEqual', compares((order) => order >= 0)],
    ['Equal', compares((order) => order === 0)],
    [
      'Compare',
      takes(['*semver.Version'], (other) => integer('int', compareVersions(version, other))),
    ],
  ])
}
