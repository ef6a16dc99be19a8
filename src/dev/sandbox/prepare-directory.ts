import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dump } from 'js-yaml'
import * as v from 'valibot'
import { StartError } from '../../messages/start-error.ts'
import { ensureServiceAccountKeys, openAuthority, type SandboxAuthority } from './authority.ts'
import { layout, type Ports, portNames } from './layout.ts'
import { freePorts, isFree } from './ports.ts'

/** What the processes of a sandbox find in its folder. */
export interface Prepared {
  readonly ports: Ports
  readonly authority: SandboxAuthority
  readonly kubeconfig: { readonly path: string; readonly content: string }
}

const portsSchema = v.object(
  Object.fromEntries(portNames.map((name) => [name, v.number()])) as Record<
    (typeof portNames)[number],
    v.NumberSchema<undefined>
  >,
)

/**
 * Fills the folder of a sandbox, or takes up what an earlier one left there. Rejects with StartError when
 * another sandbox runs in it or something else has one of its ports.
 */
export async function prepareDirectory(directory: string): Promise<Prepared> {
  await mkdir(join(directory, layout.logs), { recursive: true })
  await mkdir(join(directory, layout.extensionCertificates), { recursive: true })
  await takePossession(directory)
  const ports = await readPorts(directory)
  const certificates = join(directory, layout.certificates)
  const authority = await openAuthority(certificates)
  const path = (file: string) => join(certificates, file)
  await Promise.all([
    authority.issue(path('tls.crt'), path('tls.key'), 'CN=localhost'),
    authority.issue(path('admin.crt'), path('admin.key'), 'CN=admin, O=system:masters'),
    authority.issue(path('extension/tls.crt'), path('extension/tls.key'), 'CN=extension'),
    ensureServiceAccountKeys(path('service-account.key'), path('service-account.pub')),
  ])
  const [certificate, key] = await Promise.all([
    readFile(path('admin.crt')),
    readFile(path('admin.key')),
  ])
  const kubeconfig = {
    path: join(directory, layout.kubeconfig),
    content: createKubeconfig(ports, authority, certificate, key),
  }
  await writeFile(kubeconfig.path, kubeconfig.content, { mode: 0o600 })
  return { ports, authority, kubeconfig }
}

/** Notes in the folder which process uses it. */
async function takePossession(directory: string): Promise<void> {
  const path = join(directory, 'process')
  const owner = Number(await readFile(path, 'utf8').catch(() => '0'))
  if (owner > 0 && owner !== process.pid && isAlive(owner))
    throw new StartError(
      `Another sandbox, process ${owner}, runs in ${directory}: stop it, or leave out --keep`,
    )
  await writeFile(path, String(process.pid))
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function readPorts(directory: string): Promise<Ports> {
  const path = join(directory, layout.ports)
  const kept = await readFile(path, 'utf8').catch(() => undefined)
  if (kept === undefined) {
    const ports = await freePorts(portNames)
    await writeFile(path, JSON.stringify(ports, null, 2))
    return ports
  }
  const ports = v.parse(portsSchema, JSON.parse(kept))
  for (const [name, port] of Object.entries(ports))
    if (!(await isFree(port)))
      throw new StartError(
        `Port ${port}, of ${name} in ${directory}, is taken: stop what listens there, or remove the folder`,
      )
  return ports
}

function createKubeconfig(
  ports: Ports,
  authority: SandboxAuthority,
  certificate: Buffer,
  key: Buffer,
) {
  const name = 'sandbox'
  const server = `https://127.0.0.1:${ports['kube-apiserver']}`
  const ca = Buffer.from(authority.certificate).toString('base64')
  return dump({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    contexts: [{ name, context: { cluster: name, user: name, namespace: 'default' } }],
    clusters: [{ name, cluster: { server, 'certificate-authority-data': ca } }],
    users: [
      {
        name,
        user: {
          'client-certificate-data': certificate.toString('base64'),
          'client-key-data': key.toString('base64'),
        },
      },
    ],
  })
}
