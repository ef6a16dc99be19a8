import { editDistance } from '../messages/edit-distance.ts'
import { StartError } from '../messages/start-error.ts'

/** One flag of a table; its key there is its name. */
export interface Flag {
  type: 'string' | 'boolean' | 'number'
  default: string | boolean | number
  description: string
  /** Changes nothing: it is accepted so that the manifests of Cluster API's test extension work. */
  ignored?: true
}

/** Flags by name. */
export type FlagTable = Readonly<Record<string, Flag>>

type Value<F extends Flag> = F['type'] extends 'string'
  ? string
  : F['type'] extends 'boolean'
    ? boolean
    : number

/** The values of a table's flags, and the names of those that were given. */
export interface ParsedFlags<T extends FlagTable> {
  values: { [Name in keyof T]: Value<T[Name]> }
  given: ReadonlySet<string>
}

/**
 * Reads arguments as Kubernetes programs do (pflag): `--name=value`, `--name value`, `--boolean`, `_` for `-`.
 * Throws StartError that names the flag, and for an unknown one the flag that has a similar name.
 */
export function parseFlags<const T extends FlagTable>(
  table: T,
  args: readonly string[],
): ParsedFlags<T> {
  const values = new Map<string, unknown>(
    Object.entries(table).map(([name, flag]) => [name, flag.default]),
  )
  const given = new Set<string>()
  const rest = [...args]
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    const match = /^--?([^=]+)(?:=(.*))?$/s.exec(argument)
    if (!match?.[1]) throw new StartError(`unexpected argument "${argument}": see --help`)
    const name = match[1].replaceAll('_', '-')
    const flag = Object.hasOwn(table, name) ? table[name] : undefined
    if (!flag) {
      const near = nearest(name, Object.keys(table))
      throw new StartError(
        `unknown flag --${match[1]}: ${near === undefined ? 'see --help' : `did you mean --${near}?`}`,
      )
    }
    const text = match[2] ?? (flag.type === 'boolean' ? 'true' : rest.shift())
    if (text === undefined) throw new StartError(`flag --${name} needs a value`)
    values.set(name, read(name, flag, text))
    given.add(name)
  }
  return { values: Object.fromEntries(values) as ParsedFlags<T>['values'], given }
}

function read(name: string, flag: Flag, text: string): unknown {
  if (flag.type === 'string') return text
  if (flag.type === 'number') {
    const number = Number(text)
    if (text.trim() !== '' && Number.isFinite(number)) return number
    throw new StartError(`flag --${name}: "${text}" is not a number`)
  }
  if (/^(1|t|true)$/i.test(text)) return true
  if (/^(0|f|false)$/i.test(text)) return false
  throw new StartError(`flag --${name}: "${text}" is neither true nor false`)
}

/** The most similar name, when at most three letters of it are different. */
function nearest(name: string, names: readonly string[]): string | undefined {
  const [near] = names
    .map((other) => ({ other, differences: editDistance(name, other) }))
    .filter(({ differences }) => differences <= 3)
    .sort((left, right) => left.differences - right.differences)
  return near?.other
}
