import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'

const algorithms = {
  ECDSA: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  RSA: {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  },
} as const

/** What a certificate is to be like. */
export interface Wish {
  keyType?: keyof typeof algorithms
  /** Days until it ends. */
  days?: number
}

/** An authority that issues certificates for 127.0.0.1 and clients, all in PEM. */
export async function createAuthority() {
  const generate = (type: keyof typeof algorithms) =>
    webcrypto.subtle.generateKey(algorithms[type], true, ['sign', 'verify'])
  const period = (days: number) => ({
    notBefore: new Date(Date.now() - 86_400_000),
    notAfter: new Date(Date.now() + days * 86_400_000),
  })
  const keys = await generate('ECDSA')
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    ...period(365),
    name: 'CN=test authority',
    keys,
    signingAlgorithm: algorithms.ECDSA,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return {
    ca: authority.toString('pem'),
    async issue({ keyType = 'ECDSA', days = 90 }: Wish = {}) {
      const own = await generate(keyType)
      const certificate = await x509.X509CertificateGenerator.create({
        ...period(days),
        subject: 'CN=test',
        issuer: authority.subject,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: algorithms.ECDSA,
        extensions: [
          new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }]),
          // Tells two authorities of one name apart.
          await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey),
        ],
      })
      const key = await webcrypto.subtle.exportKey('pkcs8', own.privateKey)
      return {
        cert: certificate.toString('pem'),
        key: x509.PemConverter.encode(key, 'PRIVATE KEY'),
      }
    },
  }
}
