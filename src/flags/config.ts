import { readFileSync } from 'node:fs'
import { maxBodyBytes } from '../contract/contract.ts'
import { parseDuration } from '../contract/duration.ts'
import { isObject } from '../json/json.ts'
import { reasonOf, StartError } from '../messages/start-error.ts'
import type { Address, TlsOptions } from '../server/server.ts'
import { readCipherSuites, tlsVersions } from '../server/tls.ts'
import { flags } from './config-flags.ts'
import { parseFlags } from './flags.ts'

export { flags }

/** All that can be set from outside, checked once. */
export interface Config {
  help: boolean
  webhook: Address & TlsOptions
  health: Address
  diagnostics: Diagnostics
  /** Milliseconds to serve on after SIGTERM. */
  shutdownDelay: number
  maxBodyBytesInFlight: number
  managementCluster: ManagementClusterConfig
  log: { json: boolean; verbosity: number }
  /** Names of given flags that change nothing here. */
  ignored: string[]
}

/** What handlers reach as the management cluster: an API server, memory that is empty at the start, or nothing. */
export type ManagementClusterConfig =
  | { kind: 'api-server'; kubeconfig?: string }
  | { kind: 'memory' }
  | { kind: 'none' }

/** Who may read /metrics: nobody, everybody, or whom the API server lets. */
export type Diagnostics =
  | { kind: 'off' }
  | (Address & { kind: 'insecure' })
  | (Address & { kind: 'authorized'; kubeconfig?: string })

/** The configuration from arguments and environment. Rejects with StartError. */
export async function readConfig(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<Config> {
  const { values, given } = parseFlags(flags, args)
  const inCluster = environment['KUBERNETES_SERVICE_HOST'] !== undefined
  const directory = values['webhook-cert-dir'].replace(/\/*$/, '/')
  const clientCa = values['client-ca-file']
  // A shell variable that is not set gives this. Every client would be let in.
  if (given.has('client-ca-file') && clientCa === '')
    throw new StartError('flag --client-ca-file is empty: name a file, or leave the flag out')
  const kubeconfig = values.kubeconfig === '' ? undefined : await readKubeconfig(values.kubeconfig)
  const apiServer =
    kubeconfig !== undefined || inCluster ? { ...(kubeconfig && { kubeconfig }) } : undefined
  return {
    help: values.help,
    webhook: {
      host: values['webhook-host'],
      port: checkPort('webhook-port', values['webhook-port']),
      certificate: directory + values['webhook-cert-name'],
      key: directory + values['webhook-key-name'],
      ...(clientCa !== '' && { clientCa }),
      minVersion: oneOf('tls-min-version', values['tls-min-version'], tlsVersions),
      ciphers: readCipherSuites(values['tls-cipher-suites']),
    },
    health: readAddress('health-addr', values['health-addr']),
    diagnostics: readDiagnostics(
      values['diagnostics-address'],
      values['insecure-diagnostics'],
      inCluster || given.has('diagnostics-address') ? apiServer : undefined,
    ),
    shutdownDelay: readDuration(
      'shutdown-delay-duration',
      values['shutdown-delay-duration'] || (inCluster ? '5s' : '0s'),
    ),
    maxBodyBytesInFlight: checkBudget(values['max-body-bytes-inflight']),
    managementCluster: readManagementCluster(values['in-memory'], apiServer),
    log: {
      json: oneOf('logging-format', values['logging-format'], { text: false, json: true }),
      verbosity: values.v,
    },
    ignored: Object.entries(flags)
      .filter(([name, flag]) => 'ignored' in flag && given.has(name))
      .map(([name]) => name),
  }
}

type ApiServer = { kubeconfig?: string } | undefined

function readDiagnostics(address: string, insecure: boolean, apiServer: ApiServer): Diagnostics {
  // What controller-runtime takes for "not at all".
  if (address === '0') return { kind: 'off' }
  const listen = readAddress('diagnostics-address', address)
  if (insecure) return { kind: 'insecure', ...listen }
  return apiServer ? { kind: 'authorized', ...listen, ...apiServer } : { kind: 'off' }
}

function readManagementCluster(inMemory: boolean, apiServer: ApiServer): ManagementClusterConfig {
  if (apiServer && !inMemory) return { kind: 'api-server', ...apiServer }
  // In production, a missing API server must not look like an empty one.
  return inMemory || process.env['NODE_ENV'] !== 'production'
    ? { kind: 'memory' }
    : { kind: 'none' }
}

async function readKubeconfig(path: string): Promise<string> {
  const { load } = await import('js-yaml')
  try {
    const content = readFileSync(path, 'utf8')
    if (isObject(load(content))) return content
  } catch (error) {
    throw new StartError(`cannot read the kubeconfig ${path}: ${reasonOf(error)}`)
  }
  throw new StartError(`cannot read the kubeconfig ${path}: it is no YAML object`)
}

function readAddress(name: string, address: string): Address {
  const match = /^(?:\[(.*)\]|([^:]*)):(\d+)$/.exec(address)
  if (!match) throw new StartError(`flag --${name}: "${address}" is not host:port, such as :9440`)
  return { host: match[1] ?? match[2] ?? '', port: checkPort(name, Number(match[3])) }
}

function readDuration(name: string, text: string): number {
  const milliseconds = parseDuration(text)
  if (milliseconds === undefined)
    throw new StartError(`flag --${name}: "${text}" is no duration, such as 5s`)
  // Node's timers take 24 days at most, and end at once for more.
  if (milliseconds <= 24 * 3_600_000) return milliseconds
  throw new StartError(`flag --${name}: "${text}" is longer than 24h`)
}

function checkPort(name: string, port: number): number {
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new StartError(`flag --${name}: ${port} is not a port, 0 to 65535`)
}

function checkBudget(bytes: number): number {
  // With less, the largest body could never be read.
  if (Number.isInteger(bytes) && bytes >= maxBodyBytes) return bytes
  throw new StartError(
    `flag --max-body-bytes-inflight: ${bytes} is not a whole number from ${maxBodyBytes}, the size of the largest request`,
  )
}

function oneOf<T>(name: string, value: string, options: Readonly<Record<string, T>>): T {
  const option = Object.hasOwn(options, value) ? options[value] : undefined
  if (option !== undefined) return option
  const known = Object.keys(options).filter((key) => key !== '')
  throw new StartError(`flag --${name}: "${value}" is none of ${known.join(', ')}`)
}
