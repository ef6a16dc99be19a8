import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeFlags } from '../../../src/flags/describe-flags.ts'
import { flags } from '../../../src/flags/flags.ts'
import { readConfig } from '../../../src/flags/read-config.ts'
import { readCipherSuites } from '../../../src/flags/tls.ts'

const read = (...args: string[]) => readConfig(args, {})
const directory = mkdtempSync(join(tmpdir(), 'config-'))

// `test-extension --help` of Cluster API v1.14.2: each flag with its default.
const goFlags: Record<string, string> = {
  'contention-profiling': 'false',
  'diagnostics-address': ':8443',
  'feature-gates': '',
  'health-addr': ':9440',
  'insecure-diagnostics': 'false',
  'kube-api-burst': '200',
  'kube-api-qps': '100',
  kubeconfig: '',
  'leader-elect': 'false',
  'leader-elect-lease-duration': '15s',
  'leader-elect-renew-deadline': '10s',
  'leader-elect-retry-period': '2s',
  'log-flush-frequency': '5s',
  'log-json-info-buffer-size': '0',
  'log-json-split-stream': 'false',
  'log-text-info-buffer-size': '0',
  'log-text-split-stream': 'false',
  'logging-format': 'text',
  'profiler-address': '',
  'sync-period': '10m0s',
  'tls-cipher-suites': '',
  'tls-curve-preferences': '[]',
  'tls-min-version': 'VersionTLS12',
  v: '2',
  vmodule: '',
  'webhook-cert-dir': '/tmp/k8s-webhook-server/serving-certs/',
  'webhook-cert-name': 'tls.crt',
  'webhook-key-name': 'tls.key',
  'webhook-port': '9443',
}

describe('the flags of the Go test extension', () => {
  it.each(Object.entries(goFlags))('--%s has the default %j', (name, preset) => {
    const flag = Object.entries(flags).find(([key]) => key === name)?.[1]
    expect(String(flag?.default)).toBe(preset)
  })

  it('are accepted as its own Deployment passes them', async () => {
    const config = await read(
      '--leader-elect',
      '--diagnostics-address=:8443',
      '--insecure-diagnostics=false',
      '--feature-gates=MachinePool=true,ClusterTopology=true',
      '--health_addr',
      '127.0.0.1:9500',
      '-v=4',
    )
    expect(config).toMatchObject({
      health: { host: '127.0.0.1', port: 9500 },
      log: { verbosity: 4 },
      ignoredFlags: ['feature-gates', 'leader-elect'],
    })
  })
})

it('has defaults for everything', async () => {
  expect(await read()).toEqual({
    help: false,
    webhook: {
      host: '',
      port: 9443,
      certificate: '/tmp/k8s-webhook-server/serving-certs/tls.crt',
      key: '/tmp/k8s-webhook-server/serving-certs/tls.key',
      minVersion: 'TLSv1.2',
      ciphers: readCipherSuites(''),
    },
    health: { host: '', port: 9440 },
    diagnostics: { kind: 'off' },
    shutdownDelayMilliseconds: 0,
    maxBodyBytesInFlight: 25165824,
    managementCluster: { kind: 'none' },
    log: { json: false, verbosity: 2 },
    ignoredFlags: [],
  })
})

it.each([
  [['--webhook-prot=1'], 'unknown flag --webhook-prot: did you mean --webhook-port?'],
  [['--kubeconfg', 'x'], 'unknown flag --kubeconfg: did you mean --kubeconfig?'],
  // Names that every object inherits.
  [['--constructor=true'], 'unknown flag --constructor: see --help'],
  [['--toString=x'], 'unknown flag --toString: see --help'],
  [['--__proto__=x'], 'unknown flag --__proto__: see --help'],
  [['serve'], 'unexpected argument "serve": see --help'],
  [['--webhook-port'], 'flag --webhook-port needs a value'],
  [['--webhook-port=abc'], 'flag --webhook-port: "abc" is not a number'],
  [['--webhook-port=70000'], 'flag --webhook-port: 70000 is not a port, 0 to 65535'],
  [['--health-addr=9440'], 'flag --health-addr: "9440" is not host:port, such as :9440'],
  [['--leader-elect=maybe'], 'flag --leader-elect: "maybe" is neither true nor false'],
  [['--logging-format=xml'], 'flag --logging-format: "xml" is none of text, json'],
  [['--tls-min-version=TLS1'], /^flag --tls-min-version: "TLS1" is none of VersionTLS10/],
  [
    ['--tls-cipher-suites=RC4'],
    /^flag --tls-cipher-suites: "RC4" is none of TLS_AES_128_GCM_SHA256, /,
  ],
  [['--diagnostics-address=x'], 'flag --diagnostics-address: "x" is not host:port, such as :9440'],
  [
    ['--shutdown-delay-duration=5'],
    'flag --shutdown-delay-duration: "5" is not a duration, such as 5s',
  ],
  [
    ['--shutdown-delay-duration=99999999h'],
    'flag --shutdown-delay-duration: "99999999h" is longer than 24h',
  ],
  [
    ['--max-body-bytes-inflight=20971519'],
    'flag --max-body-bytes-inflight: 20971519 is not a whole number from 20971520, the size of the largest request',
  ],
  [['--max-body-bytes-inflight=20971520.5'], /20971520.5 is not a whole number/],
  [['--client-ca-file='], 'flag --client-ca-file is empty: name a file, or leave the flag out'],
  [['--kubeconfig=/no/such/file'], /^cannot read the kubeconfig \/no\/such\/file: ENOENT/],
])('%j is a mistake', async (args, message) => {
  await expect(read(...args)).rejects.toThrow(message)
})

it('names a kubeconfig that is none', async () => {
  const path = join(directory, 'broken')
  writeFileSync(path, 'a: [')
  await expect(read(`--kubeconfig=${path}`)).rejects.toThrow(
    /^cannot read the kubeconfig .*broken: \S/,
  )
  writeFileSync(path, 'text')
  await expect(read(`--kubeconfig=${path}`)).rejects.toThrow(/broken: it is not a YAML object/)
})

describe('the management cluster', () => {
  const kubeconfig = join(directory, 'kubeconfig')
  writeFileSync(kubeconfig, 'kind: Config')
  const inCluster = { KUBERNETES_SERVICE_HOST: '10.0.0.1' }

  it('is the API server of a kubeconfig, or of the cluster around, and memory only when asked for', async () => {
    const cluster = async (args: string[], environment = {}) =>
      (await readConfig(args, environment)).managementCluster
    expect(await cluster([`--kubeconfig=${kubeconfig}`])).toEqual({
      kind: 'api-server',
      kubeconfig: 'kind: Config',
    })
    expect(await cluster([], inCluster)).toEqual({ kind: 'api-server' })
    expect(await cluster([])).toEqual({ kind: 'none' })
    expect(await cluster(['--in-memory'])).toEqual({ kind: 'memory' })
    expect(await cluster(['--in-memory'], inCluster)).toEqual({ kind: 'memory' })
  })
})

describe('diagnostics', () => {
  const kubeconfig = join(directory, 'diagnostics-kubeconfig')
  writeFileSync(kubeconfig, 'kind: Config')
  const inCluster = { KUBERNETES_SERVICE_HOST: '10.0.0.1' }
  const address = { host: '', port: 8443 }

  it.each([
    ['no API server', [], {}, { kind: 'off' }],
    ['an address, no API server', ['--diagnostics-address=:8443'], {}, { kind: 'off' }],
    ['--insecure-diagnostics', ['--insecure-diagnostics'], {}, { kind: 'insecure', ...address }],
    ['a cluster around', [], inCluster, { kind: 'authorized', ...address }],
    ['address 0', ['--diagnostics-address=0'], inCluster, { kind: 'off' }],
    ['a kubeconfig alone', [`--kubeconfig=${kubeconfig}`], {}, { kind: 'off' }],
    [
      'a kubeconfig and an address',
      [`--kubeconfig=${kubeconfig}`, '--diagnostics-address=127.0.0.1:1'],
      {},
      { kind: 'authorized', host: '127.0.0.1', port: 1, kubeconfig: 'kind: Config' },
    ],
  ])('with %s are %#', async (_, args, environment, expected) => {
    expect((await readConfig(args, environment)).diagnostics).toEqual(expected)
  })
})

it('serves on after SIGTERM in a cluster, where endpoints take time to change', async () => {
  const delay = async (args: string[], environment = {}) =>
    (await readConfig(args, environment)).shutdownDelayMilliseconds
  expect(await delay([])).toBe(0)
  expect(await delay([], { KUBERNETES_SERVICE_HOST: 'a' })).toBe(5000)
  expect(await delay(['--shutdown-delay-duration=1m'], { KUBERNETES_SERVICE_HOST: 'a' })).toBe(
    60_000,
  )
})

it('takes the authority of clients', async () => {
  expect((await read('--client-ca-file=/ca.crt')).webhook).toMatchObject({ clientCa: '/ca.crt' })
})

it('reads IPv6 addresses', async () => {
  expect((await read('--health-addr=[::1]:9440')).health).toEqual({ host: '::1', port: 9440 })
})

it('describes every flag', () => {
  const text = describeFlags(flags)
  for (const name of Object.keys(flags)) expect(text).toContain(`--${name}`)
})
