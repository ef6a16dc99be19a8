import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KubeConfig } from '@kubernetes/client-node'
import { buildPrograms } from '../../src/sandbox/build.ts'
import { start } from '../image/command.ts'

/** Starts etcd and kube-apiserver, built by the sandbox, on loopback: without any controller. */
export async function startGround() {
  const programs = await buildPrograms(['etcd', 'kube-apiserver', 'clusterctl'])
  const directory = mkdtempSync(join(tmpdir(), 'manifests-'))
  const path = (name: string) => join(directory, name)
  const [client, peer, secure] = await Promise.all([freePort(), freePort(), freePort()])
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
  writeFileSync(
    path('service-account.key'),
    keys.privateKey.export({ type: 'pkcs8', format: 'pem' }),
  )
  writeFileSync(path('service-account.pub'), keys.publicKey.export({ type: 'spki', format: 'pem' }))
  writeFileSync(path('tokens.csv'), 'admin,admin,admin,"system:masters"\n')

  const etcd = start(
    [
      programs.etcd,
      `--data-dir=${path('etcd')}`,
      `--listen-client-urls=http://127.0.0.1:${client}`,
      `--advertise-client-urls=http://127.0.0.1:${client}`,
      `--listen-peer-urls=http://127.0.0.1:${peer}`,
      '--unsafe-no-fsync',
    ],
    path('etcd.log'),
  )
  const apiserver = start(
    [
      programs['kube-apiserver'],
      `--etcd-servers=http://127.0.0.1:${client}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      `--secure-port=${secure}`,
      `--cert-dir=${path('certificates')}`,
      `--token-auth-file=${path('tokens.csv')}`,
      '--authorization-mode=RBAC',
      '--disable-admission-plugins=ServiceAccount',
      '--endpoint-reconciler-type=none',
      '--service-cluster-ip-range=10.0.0.0/24',
      '--service-account-issuer=https://localhost',
      `--service-account-key-file=${path('service-account.pub')}`,
      `--service-account-signing-key-file=${path('service-account.key')}`,
    ],
    path('kube-apiserver.log'),
  )
  const config = new KubeConfig()
  const server = `https://127.0.0.1:${secure}`
  config.loadFromClusterAndUser(
    { name: 'ground', server, skipTLSVerify: true },
    { name: 'admin', token: 'admin' },
  )
  return {
    directory,
    config,
    clusterctl: programs.clusterctl,
    async stop() {
      await apiserver.stop()
      await etcd.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || !address) throw new Error('no free port')
  return address.port
}
