import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { compareVersions, parseVersion } from '../../rules/versions.ts'

/** A mistake in how a command was called; the message is one line. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** What `npm run simulate` was asked to do. */
export interface SimulateArguments {
  readonly url: URL
  /** PEM. */
  readonly ca: string
  readonly extensionConfigName: string
  readonly settings: Readonly<Record<string, string>>
  readonly variables: Readonly<Record<string, unknown>>
  readonly json: boolean
  readonly from: string
  readonly to: string
  readonly maxBlockSeconds: number
}

/** Shown for --help. */
export const simulateHelp = `Plays the management cluster's side of Cluster API v1.14 against a runtime extension in any
language, and reports what breaks the contract.

  npm run simulate -- --url https://host:port --ca ca.crt [options]

  --url URL                     https URL of the extension
  --ca FILE                     PEM of the authority that signed its certificate
  --extension-config-name NAME  name of the ExtensionConfig (extension)
  --setting KEY=VALUE           a setting of the ExtensionConfig, as often as needed; extensionConfigName
                                is set to the name above
  --variable NAME=VALUE         a variable of the Cluster, as JSON or text; required ones get a plausible
                                value from their schema
  --from VERSION                version in which the Cluster is created (v1.34.0)
  --to VERSION                  version to which it is upgraded (v1.36.4)
  --max-block SECONDS           how long one hook may block in all (60)
  --json                        one JSON object a line instead of the timeline
  --help                        this text

Exit code: 0 nothing breaks the contract, 1 something does, 2 wrong arguments.
`

const options = {
  url: { type: 'string' },
  ca: { type: 'string' },
  'extension-config-name': { type: 'string', default: 'extension' },
  setting: { type: 'string', multiple: true, default: [] as string[] },
  variable: { type: 'string', multiple: true, default: [] as string[] },
  from: { type: 'string', default: 'v1.34.0' },
  to: { type: 'string', default: 'v1.36.4' },
  'max-block': { type: 'string', default: '60' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

/** Reads the arguments of `npm run simulate`; undefined asks for the help. Throws UsageError. */
export function parseSimulateArguments(args: readonly string[]): SimulateArguments | undefined {
  const values = parse(args)
  if (values.help) return undefined
  const { url, ca, from, to, json } = values
  if (url === undefined || ca === undefined)
    throw new UsageError('--url and --ca are needed: --help shows an example')
  const maxBlockSeconds = Number(values['max-block'])
  if (!(maxBlockSeconds >= 0)) throw new UsageError('--max-block is a number of seconds')
  const versions = [parseVersion(from), parseVersion(to)]
  const [first, last] = versions
  if (!first || !last) throw new UsageError('--from and --to are versions such as v1.34.0')
  if (compareVersions(first, last) !== -1) throw new UsageError('--to has to be above --from')
  return {
    url: parseURL(url),
    ca: readFile(ca),
    extensionConfigName: values['extension-config-name'],
    settings: {
      extensionConfigName: values['extension-config-name'],
      ...pairs('--setting', values.setting),
    },
    variables: Object.fromEntries(
      Object.entries(pairs('--variable', values.variable)).map(([name, text]) => [
        name,
        fromJSON(text),
      ]),
    ),
    json,
    from,
    to,
    maxBlockSeconds,
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, strict: true }).values
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new UsageError(message.split('. ')[0] ?? message)
  }
}

function parseURL(text: string): URL {
  const url = URL.parse(text)
  if (url === null)
    throw new UsageError(`--url: "${text}" is no URL such as https://localhost:9443`)
  if (url.protocol !== 'https:')
    throw new UsageError(
      `--url: Cluster API calls extensions over https only, not ${url.protocol}//`,
    )
  return url
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`--ca: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function pairs(option: string, texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const [key = '', ...value] = text.split('=')
      if (key === '' || value.length === 0)
        throw new UsageError(`${option}: "${text}" is not like key=value`)
      return [key, value.join('=')]
    }),
  )
}

function fromJSON(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
