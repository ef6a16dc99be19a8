import { meetsConstraint } from '../constraint.ts'
import { takes } from '../signature.ts'
import { readVersion } from '../version.ts'

/** Sprig's functions for versions. */
export const versions = {
  semver: takes(['string'], readVersion),
  semverCompare: takes(['string', 'string'], (constraint, version) =>
    meetsConstraint(constraint, readVersion(version)),
  ),
}
