import { providers } from './providers.ts'

/** What listens on a port of its own. */
export const portNames = [
  'etcd',
  'etcd-peer',
  'kube-apiserver',
  ...providers.flatMap(({ name }) => [`${name}-webhook`, `${name}-health`] as const),
  'extension',
  'extension-health',
] as const

/** The ports of one sandbox. */
export type Ports = Readonly<Record<(typeof portNames)[number], number>>

/** Where a sandbox keeps its files. */
export const layout = {
  certificates: 'certificates',
  extensionCertificates: 'certificates/extension',
  etcd: 'etcd',
  kubeconfig: 'kubeconfig',
  logs: 'logs',
  ports: 'ports.json',
} as const
