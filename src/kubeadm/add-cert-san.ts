import type { Kubeadm } from './kubeadm.ts'

/**
 * Adds a name or an IP address to those that the API server's certificate is for. Does nothing when
 * it is one of them, and for workers: they run no API server.
 *
 * @example
 * ```ts
 * addCertSAN(kubeadm, 'api.example.com')
 * ```
 */
export function addCertSAN({ spec, role }: Kubeadm, name: string): void {
  if (role === 'worker') return
  spec.clusterConfiguration ??= {}
  spec.clusterConfiguration.apiServer ??= {}
  const { apiServer } = spec.clusterConfiguration
  const names = apiServer.certSANs ?? []
  if (!names.includes(name)) apiServer.certSANs = [...names, name]
}
