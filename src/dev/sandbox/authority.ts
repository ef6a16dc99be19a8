import { generateKeyPairSync } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type CertificateAuthority,
  createAuthority,
  localNames,
  restoreAuthority,
} from '../certificates.ts'
import { replaceFile } from '../replace-file.ts'

/** Signs the certificates of one sandbox. */
export interface SandboxAuthority {
  /** Its certificate in PEM. */
  readonly certificate: string
  /**
   * Writes a certificate and its key, for server and client, as two files; a file that is there is
   * replaced in one step.
   *
   * @param subject For example `CN=admin,O=system:masters`.
   */
  issue(certificate: string, key: string, subject: string): Promise<void>
}

const names = [...localNames, 'kubernetes', '10.0.0.1']

/** The authority that a folder holds as ca.crt and ca.key; it is made when there is none. */
export async function openAuthority(directory: string): Promise<SandboxAuthority> {
  await mkdir(directory, { recursive: true })
  const [certificate, key] = [join(directory, 'ca.crt'), join(directory, 'ca.key')]
  const authority = await readAuthority(certificate, key).catch(() =>
    makeAuthority(certificate, key),
  )
  return {
    certificate: authority.ca,
    async issue(certificateFile, keyFile, subject) {
      const issued = await authority.issue({ subject, names })
      await replaceFile(keyFile, issued.key)
      await replaceFile(certificateFile, issued.cert)
    },
  }
}

/** Writes a key pair that signs the tokens of service accounts, unless it is there. */
export async function ensureServiceAccountKeys(privateKey: string, publicKey: string) {
  const known = await readFile(privateKey).catch(() => undefined)
  if (known) return
  const pair = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  await replaceFile(publicKey, pair.publicKey)
  await replaceFile(privateKey, pair.privateKey)
}

async function readAuthority(certificate: string, key: string): Promise<CertificateAuthority> {
  return restoreAuthority(await readFile(certificate, 'utf8'), await readFile(key, 'utf8'))
}

async function makeAuthority(certificate: string, key: string): Promise<CertificateAuthority> {
  const authority = await createAuthority('sandbox', 10 * 365)
  await replaceFile(key, authority.key)
  await replaceFile(certificate, authority.ca)
  return authority
}
