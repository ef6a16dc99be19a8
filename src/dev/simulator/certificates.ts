import { createPrivateKey, randomUUID, webcrypto, X509Certificate } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Where the project keeps its development certificates, from its root. Git ignores it. */
export const certificateDirectory = '.dev/certificates'

/** A certificate authority and a certificate for server and client, all in PEM. */
export interface Certificates {
  readonly ca: string
  readonly cert: string
  readonly key: string
}

const day = 24 * 60 * 60 * 1000
const validity = 365 * day
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
  names: readonly string[] = ['localhost', '127.0.0.1', '::1'],
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
  const certificates = await makeCertificates(names)
  const files = [
    ['ca.crt', certificates.ca, 0o644],
    ['tls.crt', certificates.cert, 0o644],
    ['tls.key', certificates.key, 0o600],
  ] as const
  for (const [file, content, mode] of files) {
    const temporary = join(directory, `${file}.${randomUUID()}`)
    await writeFile(temporary, content, { mode })
    await rename(temporary, join(directory, file))
  }
  return certificates
}

async function makeCertificates(names: readonly string[]): Promise<Certificates> {
  // Loaded only when needed, and in this order: @peculiar/x509 does not load without the other.
  await import('reflect-metadata')
  const x509 = await import('@peculiar/x509')
  const { digitalSignature, keyCertSign, cRLSign } = x509.KeyUsageFlags
  const { serverAuth, clientAuth } = x509.ExtendedKeyUsage
  const { subtle } = webcrypto

  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const generateKeys = () => subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const [caKeys, keys] = await Promise.all([generateKeys(), generateKeys()])
  const notBefore = new Date(Date.now() - 60 * 60 * 1000)
  const common = {
    notBefore,
    notAfter: new Date(Date.now() + validity),
    signingAlgorithm: algorithm,
  }

  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    ...common,
    name: 'CN=capi-sample-extension development CA',
    keys: caKeys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(keyCertSign | cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  })
  const leaf = await x509.X509CertificateGenerator.create({
    ...common,
    subject: 'CN=capi-sample-extension',
    issuer: ca.subject,
    publicKey: keys.publicKey,
    signingKey: caKeys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([serverAuth, clientAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value })),
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  })
  const pkcs8 = await subtle.exportKey('pkcs8', keys.privateKey)
  const pem = (certificate: { toString(format: 'pem'): string }) =>
    `${certificate.toString('pem')}\n`
  return {
    ca: pem(ca),
    cert: pem(leaf),
    key: `${x509.PemConverter.encode(pkcs8, 'PRIVATE KEY')}\n`,
  }
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
