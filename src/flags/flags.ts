import { editDistance } from '../messages/edit-distance.ts'
import { StartError } from '../messages/start-error.ts'

/** One flag: its name is its key in the table. */
export interface Flag {
  type: 'string' | 'boolean' | 'number'
  default: string | boolean | number
  description: string
  /** Taken so that manifests of Cluster API's test extension work, but it changes nothing here. */
  ignored?: true
}

type Table = Readonly<Record<string, Flag>>
type Value<F extends Flag> = F['type'] extends 'string'
  ? string
  : F['type'] extends 'boolean'
    ? boolean
    : number

/** The values of a table's flags, and the names of those that were given. */
export interface ParsedFlags<T extends Table> {
  values: { [Name in keyof T]: Value<T[Name]> }
  given: ReadonlySet<string>
}

/**
 * Reads arguments as Kubernetes programs do (pflag): `--name=value`, `--name value`, `--boolean`, `_` for `-`.
 * Throws StartError, which names the flag and, for an unknown one, the one that may be meant.
 */
export function parseFlags<const T extends Table>(
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

/** The table as text for a terminal, flags without meaning last. */
export function describeFlags(table: Table): string {
  const entries = Object.entries(table)
  const usage = (name: string, { type }: Flag) => `--${name}${type === 'boolean' ? '' : ` ${type}`}`
  const width = Math.max(...entries.map(([name, flag]) => usage(name, flag).length))
  const line = ([name, flag]: [string, Flag]) => {
    const preset = flag.default === '' || flag.default === false ? '' : ` (default ${flag.default})`
    return `  ${usage(name, flag).padEnd(width)}  ${flag.description}${preset}`
  }
  const ignored = entries.filter(([, { ignored }]) => ignored).map(([name]) => `--${name}`)
  return [
    ...entries.filter(([, { ignored }]) => !ignored).map(line),
    '',
    'Accepted from manifests of the Go test extension, without meaning here:',
    `  ${ignored.join(' ')}`,
  ].join('\n')
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

/** The flag that is meant, when the name has at most three mistakes in typing. */
function nearest(name: string, names: readonly string[]): string | undefined {
  const [near] = names
    .map((other) => ({ other, mistakes: editDistance(name, other) }))
    .filter(({ mistakes }) => mistakes <= 3)
    .sort((left, right) => left.mistakes - right.mistakes)
  return near?.other
}
