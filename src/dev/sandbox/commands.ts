import { layout, type Ports } from './layout.ts'
import type { Command } from './processes.ts'
import type { Provider } from './providers.ts'

/** etcd, without the care for the disk that only a machine which loses its power needs. */
export function etcdCommand(file: string, ports: Ports): Command {
  const client = `http://127.0.0.1:${ports.etcd}`
  const peer = `http://127.0.0.1:${ports['etcd-peer']}`
  return {
    name: 'etcd',
    file,
    args: [
      `--data-dir=${layout.etcd}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      '--unsafe-no-fsync',
    ],
  }
}

/** kube-apiserver for objects without Pods. */
export function kubeApiserverCommand(file: string, ports: Ports): Command {
  const { certificates } = layout
  return {
    name: 'kube-apiserver',
    file,
    args: [
      `--etcd-servers=http://127.0.0.1:${ports.etcd}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      `--secure-port=${ports['kube-apiserver']}`,
      `--tls-cert-file=${certificates}/tls.crt`,
      `--tls-private-key-file=${certificates}/tls.key`,
      `--client-ca-file=${certificates}/ca.crt`,
      `--service-account-key-file=${certificates}/service-account.pub`,
      `--service-account-signing-key-file=${certificates}/service-account.key`,
      '--service-account-issuer=https://localhost',
      '--service-cluster-ip-range=10.0.0.0/24',
      '--authorization-mode=RBAC',
      '--disable-admission-plugins=ServiceAccount',
      // Nobody reaches it through a Service.
      '--endpoint-reconciler-type=none',
    ],
  }
}

/** The controllers of a provider. */
export function providerCommand(
  { name, featureGates }: Provider,
  file: string,
  ports: Ports,
): Command {
  return {
    name,
    file,
    args: [
      `--kubeconfig=${layout.kubeconfig}`,
      `--webhook-port=${ports[`${name}-webhook`]}`,
      `--webhook-cert-dir=${layout.certificates}`,
      `--health-addr=127.0.0.1:${ports[`${name}-health`]}`,
      '--diagnostics-address=0',
      `--feature-gates=${featureGates.map((gate) => `${gate}=true`).join(',')}`,
      // For CustomResourceDefinitions of older versions, which there are none of.
      '--skip-crd-migration-phases=StorageVersionMigration,CleanupManagedFields',
      '--v=4',
    ],
    // The in-memory Clusters are served on this address.
    env: { POD_IP: '127.0.0.1' },
  }
}
