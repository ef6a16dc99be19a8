const ignored = { description: '', ignored: true } as const
const ignoredString = (value: string) => ({ ...ignored, type: 'string', default: value }) as const
const ignoredNumber = (value: number) => ({ ...ignored, type: 'number', default: value }) as const
const ignoredBoolean = { ...ignored, type: 'boolean', default: false } as const

/** The flags of Cluster API's test extension (test/extension/main.go), and some of our own. */
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
    description: 'Directory of the certificate and its key. Both are read again when they change.',
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
      'File with the certificates of the authority of the clients. With it, only clients with a certificate of this authority can connect.',
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
      "Cipher suites by Go's names, with commas between them. Unless given, all with authenticated encryption.",
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
      'Address of /metrics; 0 for none. It is served inside a cluster, or when the flag is given: over TLS, and only to those whom the API server allows to read it.',
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
      'How long to go on serving after SIGTERM, while /readyz already says no. Unless given, 5s inside a cluster, else 0s.',
  },
  'max-body-bytes-inflight': {
    type: 'number',
    default: 24 * 1024 * 1024,
    description:
      'Limit of the bytes reserved for request bodies. Each body reserves its length until the answer (20 MiB when the client does not send the length). When there is no room, a body waits after its first 64 KiB, and gets 503 at the deadline of its call. A body that comes too slowly while others wait gets 503 at once. Bodies up to 64 KiB are not counted and never wait.',
  },
  'in-memory': {
    type: 'boolean',
    default: false,
    description:
      'Keep what handlers read and write of the management cluster in the memory of this process, and reach no API server.',
  },
  kubeconfig: {
    type: 'string',
    default: '',
    description: 'File that says how to reach the API server of the management cluster.',
  },
  'logging-format': {
    type: 'string',
    default: 'text',
    description:
      'text or json. text is for reading when the sources run in a terminal, else it is JSON, too.',
  },
  v: { type: 'number', default: 2, description: 'Log verbosity: 4 is debug, 5 and more is trace.' },
  help: { type: 'boolean', default: false, description: 'Print this text.' },
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
