import type { Flag, FlagTable } from './parse-flags.ts'

/** The table as text for `--help`; the flags that change nothing come last. */
export function describeFlags(table: FlagTable): string {
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
