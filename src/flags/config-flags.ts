const ignored = { description: '', ignored: true } as const
const ignoredString = (value: string) => ({ ...ignored, type: 'string', default: value }) as const
const ignoredNumber = (value: number) => ({ ...ignored, type: 'number', default: value }) as const
const ignoredBoolean = { ...ignored, type: 'boolean', default: false } as const

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
    description: 'Directory of certificate and key, which are reloaded when they change.',
  },
  'webhook-cert-name': {
    type: 'string',
    default: 'tls.crt',
    description: 'File name of the certificate.',
  },
  'webhook-key-name': { type: 'string', default: 'tls.key', description: 'File name of the key.' },
  'client-ca-file': {
    type: 'string',
    default: '',
    description:
      'Authorities of clients: with it, only clients with their certificates are let in.',
  },
  'tls-min-version': {
    type: 'string',
    default: 'VersionTLS12',
    description: 'Lowest TLS version: VersionTLS12 or VersionTLS13.',
  },
  'tls-cipher-suites': {
    type: 'string',
    default: '',
    description:
      "Cipher suites by Go's names, with commas; all that are authenticated unless given.",
  },
  'health-addr': {
    type: 'string',
    default: ':9440',
    description: 'Address of /healthz and /readyz.',
  },
  'diagnostics-address': {
    type: 'string',
    default: ':8443',
    description:
      'Address of /metrics, inside a cluster or where this is given; 0 for none. Over TLS, for whom the API server lets read it.',
  },
  'insecure-diagnostics': {
    type: 'boolean',
    default: false,
    description: 'Serve /metrics to everybody, without TLS.',
  },
  'shutdown-delay-duration': {
    type: 'string',
    default: '',
    description:
      'How long to serve on after SIGTERM, not ready any more; 5s inside a cluster, else 0s, unless given.',
  },
  'max-body-bytes-inflight': {
    type: 'number',
    default: 24 * 1024 * 1024,
    description:
      'Bound of the bytes reserved for request bodies, of each its length (20 MiB where it names none) until the answer. Others wait with their first 64 KiB and get 503 at their deadline; one that is slow while others wait gets 503 at once. Bodies up to 64 KiB are not counted and never wait.',
  },
  'in-memory': {
    type: 'boolean',
    default: false,
    description:
      'Reach no API server: what handlers read and write of the management cluster is in memory, for this process alone. So it is from the sources, outside a cluster and without --kubeconfig.',
  },
  kubeconfig: {
    type: 'string',
    default: '',
    description: 'File that names the API server.',
  },
  'logging-format': {
    type: 'string',
    default: 'text',
    description: 'text (readable from the sources in a terminal, else JSON) or json.',
  },
  v: { type: 'number', default: 2, description: 'Log verbosity: 4 is debug, 5 and more is trace.' },
  help: { type: 'boolean', default: false, description: 'Print this.' },
  'contention-profiling': ignoredBoolean,
  'feature-gates': ignoredString(''),
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
  'tls-curve-preferences': ignoredString('[]'),
  vmodule: ignoredString(''),
} as const
