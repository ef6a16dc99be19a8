import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import type { Log } from './log.ts'
import { reasonOf, StartError } from './start-error.ts'

/** Where a server's certificate and key are, and the authority of its clients if they need one. */
export interface CertificateFiles {
  certificate: string
  key: string
  /** With it, only clients with a certificate of this authority are let in. */
  clientCa?: string
}

/** The content of the files, as Node's TLS takes it. */
export interface CertificatePair {
  cert: Buffer
  key: Buffer
  ca?: Buffer
}

const day = 24 * 60 * 60 * 1000
/** A certificate that ends within these milliseconds is logged once a day: it should have been renewed. */
export const expiryWarning = 7 * day

/** Reads a certificate with its key. Throws StartError when they are not there or do not fit together. */
export function readCertificate({ certificate, key, clientCa }: CertificateFiles): CertificatePair {
  const pair = {
    cert: read(certificate),
    key: read(key),
    ...(clientCa !== undefined && { ca: read(clientCa, 'another --client-ca-file') }),
  }
  try {
    // Throws for what is no certificate, and for a key of another one.
    createSecureContext(pair)
  } catch (error) {
    throw new StartError(
      `${certificate} and ${key} are no certificate and its key: ${reasonOf(error)}`,
    )
  }
  return pair
}

/**
 * Follows the files: a mounted Secret is renewed by exchanging a symbolic link, other tools write file by
 * file. A pair that does not fit together is read again until it does; until then the old one serves on.
 *
 * @param use Takes over a renewed pair.
 * @param interval Milliseconds between looks at the files.
 */
export function followCertificate(
  files: CertificateFiles,
  current: CertificatePair,
  log: Log,
  use: (pair: CertificatePair) => void,
  interval: number,
) {
  let pair = current
  let expiry = expiryOf(pair)
  let failures = 0
  let warned = 0
  const look = () => {
    try {
      const read = readCertificate(files)
      failures = 0
      if (!isSame(read, pair)) {
        use(read)
        pair = read
        expiry = expiryOf(pair)
        warned = 0
        log.info({ certificate: files.certificate, expiry }, 'took over the renewed certificate')
      }
    } catch (error) {
      // The first may be a pair that is just being written.
      failures++
      if (failures === 2)
        log.warn({ err: error }, 'kept the old certificate: the new one cannot be used')
    }
    const now = Date.now()
    if (expiry.getTime() - now < expiryWarning && now - warned > day) {
      warned = now
      log.warn({ certificate: files.certificate, expiry }, 'the certificate is about to expire')
    }
  }
  look()
  const timer = setInterval(look, interval)
  return {
    get expiry() {
      return expiry
    },
    stop: () => clearInterval(timer),
  }
}

const expiryOf = ({ cert }: CertificatePair) => new Date(new X509Certificate(cert).validTo)

const isSame = (left: CertificatePair, right: CertificatePair) =>
  left.cert.equals(right.cert) &&
  left.key.equals(right.key) &&
  (left.ca === right.ca || (!!left.ca && !!right.ca && left.ca.equals(right.ca)))

function read(path: string, flag = '--webhook-cert-dir ("npm run dev" makes one)'): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new StartError(
      `cannot read ${path}: ${reasonOf(error)}; mount the certificate there or pass ${flag}`,
    )
  }
}
