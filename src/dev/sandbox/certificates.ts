import 'reflect-metadata'
import { generateKeyPairSync, randomUUID, webcrypto } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join } from 'node:path'
import * as x509 from '@peculiar/x509'

/** Signs the certificates of one sandbox. */
export interface Authority {
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

const { subtle } = webcrypto
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const names = ['localhost', '127.0.0.1', '::1', 'kubernetes', '10.0.0.1']
const year = 365 * 24 * 60 * 60 * 1000

/** The authority that a folder holds as ca.crt and ca.key; it is made when there is none. */
export async function openAuthority(directory: string): Promise<Authority> {
  await mkdir(directory, { recursive: true })
  const files = [join(directory, 'ca.crt'), join(directory, 'ca.key')] as const
  const { certificate, privateKey } = await readAuthority(files).catch(() => makeAuthority(files))
  return {
    certificate: `${certificate.toString('pem')}\n`,
    async issue(certificateFile, keyFile, subject) {
      const keys = await subtle.generateKey(algorithm, true, ['sign', 'verify'])
      const { serverAuth, clientAuth } = x509.ExtendedKeyUsage
      const leaf = await x509.X509CertificateGenerator.create({
        ...validity(1),
        subject,
        issuer: certificate.subject,
        publicKey: keys.publicKey,
        signingKey: privateKey,
        signingAlgorithm: algorithm,
        extensions: [
          new x509.ExtendedKeyUsageExtension([serverAuth, clientAuth]),
          new x509.SubjectAlternativeNameExtension(
            names.map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value })),
          ),
          await x509.AuthorityKeyIdentifierExtension.create(certificate),
        ],
      })
      await replace(keyFile, await privatePEM(keys.privateKey))
      await replace(certificateFile, `${leaf.toString('pem')}\n`)
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
  await replace(publicKey, pair.publicKey)
  await replace(privateKey, pair.privateKey)
}

type Files = readonly [certificate: string, key: string]

async function readAuthority([certificateFile, keyFile]: Files) {
  const certificate = new x509.X509Certificate(await readFile(certificateFile, 'utf8'))
  const pkcs8 = x509.PemConverter.decodeFirst(await readFile(keyFile, 'utf8'))
  const privateKey = await subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign'])
  return { certificate, privateKey }
}

async function makeAuthority([certificateFile, keyFile]: Files) {
  const keys = await subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const { keyCertSign, cRLSign } = x509.KeyUsageFlags
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity(10),
    name: 'CN=capi-sample-extension sandbox',
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(keyCertSign | cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  await replace(keyFile, await privatePEM(keys.privateKey))
  await replace(certificateFile, `${certificate.toString('pem')}\n`)
  return { certificate, privateKey: keys.privateKey }
}

const validity = (years: number) => ({
  notBefore: new Date(Date.now() - 60 * 60 * 1000),
  notAfter: new Date(Date.now() + years * year),
})

async function privatePEM(key: CryptoKey): Promise<string> {
  return `${x509.PemConverter.encode(await subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`
}

async function replace(path: string, content: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}`
  await writeFile(temporary, content, { mode: 0o600 })
  await rename(temporary, path)
}
