import { maxBodyBytes } from '../contract/contract.ts'
import { StartError } from '../messages/start-error.ts'
import type { Config, Diagnostics, ManagementClusterConfig } from './config.ts'
import { checkPort, oneOf, readAddress, readDuration } from './flag-values.ts'
import { flags } from './flags.ts'
import { parseFlags } from './parse-flags.ts'
import { readKubeconfig } from './read-kubeconfig.ts'
import { readCipherSuites, tlsVersions } from './tls.ts'

/** Reads the configuration from arguments and environment. Rejects with StartError. */
export async function readConfig(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<Config> {
  const { values, given } = parseFlags(flags, args)
  const isInCluster = environment['KUBERNETES_SERVICE_HOST'] !== undefined
  const kubeconfig = await readKubeconfig(values.kubeconfig)
  const hasApiServer = kubeconfig !== undefined || isInCluster
  const apiServer = hasApiServer ? { ...(kubeconfig && { kubeconfig }) } : undefined
  const directory = values['webhook-cert-dir'].replace(/\/*$/, '/')
  const clientCa = values['client-ca-file']
  // An unset variable of a shell gives an empty text. Every client could connect.
  if (given.has('client-ca-file') && clientCa === '')
    throw new StartError('flag --client-ca-file is empty: name a file, or leave the flag out')
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
      isInCluster || given.has('diagnostics-address') ? apiServer : undefined,
    ),
    shutdownDelayMilliseconds: readDuration(
      'shutdown-delay-duration',
      values['shutdown-delay-duration'] || (isInCluster ? '5s' : '0s'),
    ),
    maxBodyBytesInFlight: checkBudget(values['max-body-bytes-inflight']),
    managementCluster: readManagementCluster(values['in-memory'], apiServer),
    log: {
      json: oneOf('logging-format', values['logging-format'], { text: false, json: true }),
      verbosity: values.v,
    },
    ignoredFlags: Object.entries(flags)
      .filter(([name, flag]) => 'ignored' in flag && given.has(name))
      .map(([name]) => name),
  }
}

type ApiServer = { kubeconfig?: string } | undefined

function readDiagnostics(address: string, insecure: boolean, apiServer: ApiServer): Diagnostics {
  // controller-runtime takes 0 for "not at all".
  if (address === '0') return { kind: 'off' }
  const listen = readAddress('diagnostics-address', address)
  if (insecure) return { kind: 'insecure', ...listen }
  return apiServer ? { kind: 'authorized', ...listen, ...apiServer } : { kind: 'off' }
}

function readManagementCluster(inMemory: boolean, apiServer: ApiServer): ManagementClusterConfig {
  if (inMemory) return { kind: 'memory' }
  // Memory has to be asked for: a missing API server must not look like an empty one.
  return apiServer ? { kind: 'api-server', ...apiServer } : { kind: 'none' }
}

function checkBudget(bytes: number): number {
  if (Number.isInteger(bytes) && bytes >= maxBodyBytes) return bytes
  throw new StartError(
    `flag --max-body-bytes-inflight: ${bytes} is not a whole number from ${maxBodyBytes}, the size of the largest request`,
  )
}
