import { createPrivateKey, X509Certificate } from 'node:crypto'
import { mkdir, open, readFile, rm, stat } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAuthority, localNames } from './certificates.ts'
import { replaceFile } from './replace-file.ts'

/** Where a project keeps its development certificates. Git ignores it. */
export const certificateDirectory = (root: string): string => join(root, '.dev', 'certificates')

/** A certificate authority and a certificate for server and client, all in PEM. */
export interface Certificates {
  readonly ca: string
  readonly cert: string
  readonly key: string
}

const day = 24 * 60 * 60 * 1000
const lockSeconds = 10

/**
 * Gives the certificates in the directory: ca.crt, tls.crt and tls.key (PKCS#8, mode 0600). Makes new
 * ones when they do not fit together, lack a name or end within a day; they last a year. The key of
 * the authority is not kept. Several processes may call at the same time.
 *
 * @param names Host names and addresses of the server.
 */
export async function ensureCertificates(
  directory: string,
  names: readonly string[] = localNames,
): Promise<Certificates> {
  const found = await readCertificates(directory, names)
  if (found) return found
  await mkdir(directory, { recursive: true })
  const unlock = await lock(join(directory, '.lock'))
  try {
    // Another process may have made them while this one waited.
    return (await readCertificates(directory, names)) ?? (await writeCertificates(directory, names))
  } finally {
    await unlock()
  }
}

async function readCertificates(directory: string, names: readonly string[]) {
  try {
    const read = (file: string) => readFile(join(directory, file), 'utf8')
    const [ca, cert, key] = await Promise.all([read('ca.crt'), read('tls.crt'), read('tls.key')])
    const [authority, leaf] = [new X509Certificate(ca), new X509Certificate(cert)]
    const fits = leaf.verify(authority.publicKey) && leaf.checkPrivateKey(createPrivateKey(key))
    const fresh = [authority, leaf].every(({ validTo }) => Date.parse(validTo) > Date.now() + day)
    const named = names.every((name) => (isIP(name) ? leaf.checkIP(name) : leaf.checkHost(name)))
    return fits && fresh && named ? { ca, cert, key } : undefined
  } catch {
    return undefined
  }
}

async function writeCertificates(directory: string, names: readonly string[]) {
  const authority = await createAuthority()
  const { cert, key } = await authority.issue({ names })
  const { ca } = authority
  await replaceFile(join(directory, 'ca.crt'), ca, 0o644)
  await replaceFile(join(directory, 'tls.crt'), cert, 0o644)
  await replaceFile(join(directory, 'tls.key'), key)
  return { ca, cert, key }
}

/** Takes the lock file; one that a dead process left is taken over after 10 seconds. */
async function lock(path: string): Promise<() => Promise<void>> {
  for (;;) {
    try {
      await (await open(path, 'wx')).close()
      return () => rm(path, { force: true })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      const age = await stat(path).then(
        ({ mtimeMs }) => Date.now() - mtimeMs,
        () => 0,
      )
      if (age > lockSeconds * 1000) await rm(path, { force: true })
      else await sleep(50)
    }
  }
}
