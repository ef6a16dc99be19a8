import type { GoFunction } from '../signature.ts'
import { builtins } from './builtins.ts'
import { comparisons } from './comparisons.ts'
import { defaults } from './defaults.ts'
import { dictionaries } from './dictionaries.ts'
import { encodings } from './encodings.ts'
import { escapes } from './escapes.ts'
import { json } from './json.ts'
import { lists } from './lists.ts'
import { numbers } from './numbers.ts'
import { paths } from './paths.ts'
import { regularExpressions } from './regular-expressions.ts'
import { strings } from './strings.ts'
import { unknown } from './unknown.ts'
import { versions } from './versions.ts'

/** The functions of a template: those of text/template, and over them those of Sprig v3.3.0. */
export const functions: ReadonlyMap<string, GoFunction> = new Map(
  Object.entries({
    ...builtins,
    ...comparisons,
    ...escapes,
    ...defaults,
    ...dictionaries,
    ...encodings,
    ...json,
    ...lists,
    ...numbers,
    ...paths,
    ...regularExpressions,
    ...strings,
    ...versions,
    ...unknown,
  }),
)
