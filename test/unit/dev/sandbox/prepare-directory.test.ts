import { createPrivateKey, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KubeConfig } from '@kubernetes/client-node'
import { expect, it } from 'vitest'
import { prepareDirectory } from '../../../../src/dev/sandbox/prepare-directory.ts'

const empty = () => mkdtempSync(join(tmpdir(), 'prepare-'))
const certificate = (directory: string, file: string) =>
  new X509Certificate(readFileSync(join(directory, 'certificates', file)))

it('makes certificates that fit together, and a kubeconfig', async () => {
  const directory = empty()
  const { kubeconfig, ports, authority } = await prepareDirectory(directory)
  const ca = new X509Certificate(authority.certificate)
  for (const name of ['tls', 'admin', 'extension/tls']) {
    const leaf = certificate(directory, `${name}.crt`)
    const key = readFileSync(join(directory, 'certificates', `${name}.key`))
    expect(leaf.verify(ca.publicKey) && leaf.checkPrivateKey(createPrivateKey(key))).toBe(true)
    expect(leaf.checkIP('127.0.0.1')).toBe('127.0.0.1')
  }
  expect(certificate(directory, 'admin.crt').subject).toBe('CN=admin\nO=system:masters')
  expect(readFileSync(kubeconfig.path, 'utf8')).toBe(kubeconfig.content)
  const config = new KubeConfig()
  config.loadFromString(kubeconfig.content)
  expect(config.getCurrentCluster()?.server).toBe(`https://127.0.0.1:${ports['kube-apiserver']}`)
  expect(new Set(Object.values(ports)).size).toBe(Object.keys(ports).length)
})

it('takes up ports, authority and keys that are there', async () => {
  const directory = empty()
  const key = () => readFileSync(join(directory, 'certificates/service-account.key'), 'utf8')
  const first = await prepareDirectory(directory)
  const before = { key: key(), leaf: certificate(directory, 'tls.crt').serialNumber }
  const second = await prepareDirectory(directory)
  expect(second.ports).toEqual(first.ports)
  expect(second.authority.certificate).toBe(first.authority.certificate)
  expect(key()).toBe(before.key)
  // These would end with the first year.
  expect(certificate(directory, 'tls.crt').serialNumber).not.toBe(before.leaf)
})

it('refuses a folder whose port is taken', async () => {
  const directory = empty()
  const { ports } = await prepareDirectory(directory)
  const server = createServer().listen(ports.etcd, '127.0.0.1')
  await once(server, 'listening')
  await expect(prepareDirectory(directory)).rejects.toThrow(
    `Port ${ports.etcd}, of etcd in ${directory}, is taken: stop what listens there, or remove the folder`,
  )
  server.close()
})

it('refuses a folder that another sandbox uses, but not one that a killed one left', async () => {
  const directory = empty()
  writeFileSync(join(directory, 'process'), String(process.ppid))
  await expect(prepareDirectory(directory)).rejects.toThrow(
    `Another sandbox, process ${process.ppid}, runs in ${directory}: stop it, or leave out --keep`,
  )
  writeFileSync(join(directory, 'process'), '999999999')
  await prepareDirectory(directory)
})
