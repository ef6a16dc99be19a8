import { readFileSync } from 'node:fs'
import { parseFlags } from './flags.ts'
import { isObject } from './json.ts'
import { reasonOf, StartError } from './start-error.ts'

const ignoredString = (value: string) =>
  ({ type: 'string', default: value, description: '', ignored: true }) as const
const ignoredNumber = (value: number) =>
  ({ type: 'number', default: value, description: '', ignored: true }) as const
const ignoredBoolean = { type: 'boolean', default: false, description: '', ignored: true } as const

/** The flags of Cluster API's test extension (test/extension/main.go), and a few more. */
export const flags = {
  'webhook-port': { type: 'number', default: 9443, description: 'Port of the hooks.' },
  'webhook-host': {
    type: 'string',
    default: '',
    description: 'Address of the hooks; all interfaces unless given.',
  },
  'webhook-cert-dir': {
    type: 'string',
    default: '/tmp/k8s-webhook-server/serving-certs/',
    description: 'Directory of certificate and key.',
  },
  'webhook-cert-name': {
    type: 'string',
    default: 'tls.crt',
    description: 'File name of the certificate.',
  },
  'webhook-key-name': { type: 'string', default: 'tls.key', description: 'File name of the key.' },
  'tls-min-version': {
    type: 'string',
    default: 'VersionTLS12',
    description: 'Lowest TLS version: VersionTLS12 or VersionTLS13.',
  },
  'health-addr': {
    type: 'string',
    default: ':9440',
    description: 'Address of /healthz and /readyz.',
  },
  'response-store': {
    type: 'string',
    default: '',
    description:
      'Where lifecycle answers come from: config-map (inside a cluster or with --kubeconfig), else memory.',
  },
  kubeconfig: {
    type: 'string',
    default: '',
    description: 'File that names the API server of the ConfigMaps.',
  },
  'logging-format': {
    type: 'string',
    default: 'text',
    description: 'text (readable in a terminal, JSON elsewhere) or json.',
  },
  v: { type: 'number', default: 2, description: 'Log verbosity: 4 is debug, 5 and more is trace.' },
  help: { type: 'boolean', default: false, description: 'Print this.' },
  'contention-profiling': ignoredBoolean,
  'diagnostics-address': ignoredString(':8443'),
  'feature-gates': ignoredString(''),
  'insecure-diagnostics': ignoredBoolean,
  'kube-api-burst': ignoredNumber(200),
  'kube-api-qps': ignoredNumber(100),
  'leader-elect': ignoredBoolean,
  'leader-elect-lease-duration': ignoredString('15s'),
  'leader-elect-renew-deadline': ignoredString('10s'),
  'leader-elect-retry-period': ignoredString('2s'),
  'log-flush-frequency': ignoredString('5s'),
  'log-json-info-buffer-size': ignoredString('0'),
  'log-json-split-stream': ignoredBoolean,
  'log-text-info-buffer-size': ignoredString('0'),
  'log-text-split-stream': ignoredBoolean,
  'profiler-address': ignoredString(''),
  'sync-period': ignoredString('10m0s'),
  'tls-cipher-suites': ignoredString(''),
  'tls-curve-preferences': ignoredString('[]'),
  vmodule: ignoredString(''),
} as const

/** All that can be set from outside, checked once. */
export interface Config {
  help: boolean
  webhook: {
    host: string
    port: number
    certificate: string
    key: string
    minVersion: 'TLSv1.2' | 'TLSv1.3'
  }
  health: { host: string; port: number }
  responseStore: { kind: 'memory' } | { kind: 'config-map'; kubeconfig?: string }
  log: { json: boolean; verbosity: number }
  /** Names of given flags that change nothing here. */
  ignored: string[]
}

/** The configuration from arguments and environment. Rejects with StartError. */
export async function readConfig(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<Config> {
  const { values, given } = parseFlags(flags, args)
  const directory = values['webhook-cert-dir'].replace(/\/*$/, '/')
  return {
    help: values.help,
    webhook: {
      host: values['webhook-host'],
      port: checkPort('webhook-port', values['webhook-port']),
      certificate: directory + values['webhook-cert-name'],
      key: directory + values['webhook-key-name'],
      minVersion: oneOf('tls-min-version', values['tls-min-version'], {
        VersionTLS10: 'TLSv1.2',
        VersionTLS11: 'TLSv1.2',
        VersionTLS12: 'TLSv1.2',
        VersionTLS13: 'TLSv1.3',
      } as const),
    },
    health: readAddress('health-addr', values['health-addr']),
    responseStore: await readResponseStore(
      values['response-store'],
      values.kubeconfig,
      environment,
    ),
    log: {
      json: oneOf('logging-format', values['logging-format'], { text: false, json: true }),
      verbosity: values.v,
    },
    ignored: Object.entries(flags)
      .filter(([name, flag]) => 'ignored' in flag && given.has(name))
      .map(([name]) => name),
  }
}

async function readResponseStore(
  kind: string,
  kubeconfig: string,
  environment: NodeJS.ProcessEnv,
): Promise<Config['responseStore']> {
  const inCluster = environment['KUBERNETES_SERVICE_HOST'] !== undefined
  const automatic = kubeconfig !== '' || inCluster ? 'config-map' : 'memory'
  const chosen = oneOf('response-store', kind, {
    '': automatic,
    'config-map': 'config-map',
    memory: 'memory',
  } as const)
  if (chosen === 'memory') return { kind: 'memory' }
  if (kubeconfig !== '') return { kind: 'config-map', kubeconfig: await readKubeconfig(kubeconfig) }
  if (inCluster) return { kind: 'config-map' }
  throw new StartError(
    'flag --response-store: config-map needs an API server: pass --kubeconfig outside a cluster',
  )
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

function readAddress(name: string, address: string) {
  const match = /^(?:\[(.*)\]|([^:]*)):(\d+)$/.exec(address)
  if (!match) throw new StartError(`flag --${name}: "${address}" is not host:port, such as :9440`)
  return { host: match[1] ?? match[2] ?? '', port: checkPort(name, Number(match[3])) }
}

function checkPort(name: string, port: number): number {
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new StartError(`flag --${name}: ${port} is not a port, 0 to 65535`)
}

function oneOf<T>(name: string, value: string, options: Readonly<Record<string, T>>): T {
  const option = Object.hasOwn(options, value) ? options[value] : undefined
  if (option !== undefined) return option
  const known = Object.keys(options).filter((key) => key !== '')
  throw new StartError(`flag --${name}: "${value}" is none of ${known.join(', ')}`)
}
