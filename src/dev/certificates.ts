import { webcrypto } from 'node:crypto'
import { isIP } from 'node:net'

/** A certificate and its private key (PKCS#8), in PEM. */
export interface CertificateAndKey {
  readonly cert: string
  readonly key: string
}

/** What a certificate is to be like. */
export interface CertificateWish {
  /** For example `CN=admin,O=system:masters`; `CN=localhost` unless given. */
  readonly subject?: string
  /** Host names and addresses of the server: those of this machine unless given. */
  readonly names?: readonly string[]
  /** Until it ends: 365 unless given. */
  readonly days?: number
  /** ECDSA unless given. */
  readonly keyType?: keyof typeof algorithms
}

/** Signs certificates. */
export interface CertificateAuthority {
  /** Its certificate in PEM. */
  readonly ca: string
  /** Its private key in PEM. */
  readonly key: string
  /** Makes a certificate for server and client. */
  issue(wish?: CertificateWish): Promise<CertificateAndKey>
}

const { subtle } = webcrypto
const algorithms = {
  ECDSA: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  RSA: {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  },
} as const
const signingAlgorithm = algorithms.ECDSA
const hour = 60 * 60 * 1000

/** The names of this machine, for itself. */
export const localNames = ['localhost', '127.0.0.1', '::1'] as const

/** Makes an authority with a key of its own. */
export async function createAuthority(
  name = 'development',
  days = 365,
): Promise<CertificateAuthority> {
  const x509 = await loadX509()
  const keys = await generateKeys('ECDSA')
  const { keyCertSign, cRLSign } = x509.KeyUsageFlags
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...validFor(days),
    name: `CN=capi-extension ${name}`,
    keys,
    signingAlgorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(keyCertSign | cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return restoreAuthority(toPEM(certificate), await privatePEM(keys.privateKey))
}

/** The authority of a certificate and its key, both in PEM. Rejects when they are none. */
export async function restoreAuthority(ca: string, key: string): Promise<CertificateAuthority> {
  const x509 = await loadX509()
  const certificate = new x509.X509Certificate(ca)
  const pkcs8 = x509.PemConverter.decodeFirst(key)
  const signingKey = await subtle.importKey('pkcs8', pkcs8, signingAlgorithm, false, ['sign'])
  return {
    ca,
    key,
    async issue({ subject = 'CN=localhost', names = localNames, days = 365, keyType } = {}) {
      const keys = await generateKeys(keyType)
      const { serverAuth, clientAuth } = x509.ExtendedKeyUsage
      const leaf = await x509.X509CertificateGenerator.create({
        ...validFor(days),
        subject,
        issuer: certificate.subject,
        publicKey: keys.publicKey,
        signingKey,
        signingAlgorithm,
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
          new x509.ExtendedKeyUsageExtension([serverAuth, clientAuth]),
          new x509.SubjectAlternativeNameExtension(
            names.map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value })),
          ),
          await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
          // Tells two authorities of one name apart.
          await x509.AuthorityKeyIdentifierExtension.create(certificate.publicKey),
        ],
      })
      return { cert: toPEM(leaf), key: await privatePEM(keys.privateKey) }
    },
  }
}

// Only when needed, and in this order: @peculiar/x509 does not load without the other.
async function loadX509() {
  await import('reflect-metadata')
  return import('@peculiar/x509')
}

const generateKeys = (type: keyof typeof algorithms = 'ECDSA') =>
  subtle.generateKey(algorithms[type], true, ['sign', 'verify'])

// The clock of another machine may be slow.
const validFor = (days: number) => ({
  notBefore: new Date(Date.now() - hour),
  notAfter: new Date(Date.now() + days * 24 * hour),
})

const toPEM = (certificate: { toString(format: 'pem'): string }) =>
  `${certificate.toString('pem')}\n`

async function privatePEM(key: CryptoKey): Promise<string> {
  const base64 = Buffer.from(await subtle.exportKey('pkcs8', key)).toString('base64')
  const lines = base64.match(/.{1,64}/g) ?? []
  return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n')
}
