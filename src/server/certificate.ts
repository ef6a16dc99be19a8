import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { reasonOf, StartError } from '../messages/start-error.ts'
import type { Log } from '../observability/log.ts'

/** Where a server's certificate and key are, and the authority of its clients if they need one. */
export interface CertificateFiles {
  certificate: string
  key: string
  /** With it, only clients with a certificate of this authority are let in. */
  clientCa?: string
}

/** What a server's TLS is made of, as Node takes it. */
export interface Credentials {
  cert: Buffer
  key: Buffer
  /** The certificates of the clients' authority in PEM, each of them read before. */
  ca?: string
}

const day = 24 * 60 * 60 * 1000
/** A certificate that ends within these milliseconds is logged once a day: it should have been renewed. */
export const expiryWarning = 7 * day

/**
 * Reads all that the files hold. Throws StartError when one is not there, certificate and key do not fit together, or
 * the authority of the clients is not whole certificates in PEM.
 */
export function readCredentials(files: CertificateFiles): Credentials {
  const { clientCa } = files
  return { ...readPair(files), ...(clientCa !== undefined && { ca: readAuthority(clientCa) }) }
}

function readPair({ certificate, key }: CertificateFiles): Credentials {
  const pair = { cert: read(certificate), key: read(key) }
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

/** Node's TLS ignores what is no certificate and all that follows it: it gets only what was read here. */
function readAuthority(path: string): string {
  const flag = 'another --client-ca-file'
  const [before = '', ...blocks] = read(path, flag).toString().split('-----BEGIN ')
  const refuse = (complaint: string) =>
    new StartError(
      `${path} ${complaint}; put the certificates of the clients' authority there or pass ${flag}`,
    )
  if (blocks.length === 0) throw refuse('holds no certificate in PEM')
  const certificates = blocks.map((block, index) => {
    const [label = ''] = block.split('-----')
    if (label !== 'CERTIFICATE') throw refuse(`holds a ${label}, not only certificates`)
    try {
      return new X509Certificate(`-----BEGIN ${block}`).toString()
    } catch {
      throw refuse(`certificate ${index + 1} of ${blocks.length} in it cannot be read`)
    }
  })
  // Tools write lines about a certificate around it, but none of dashes.
  const around = [before, ...blocks.map((block) => block.split('-----END CERTIFICATE-----')[1])]
  if (around.some((text) => text?.includes('---')))
    throw refuse('holds a line of dashes that begins and ends no certificate')
  return certificates.join('')
}

/**
 * Follows the files: a mounted Secret is renewed by exchanging a symbolic link, other tools write file by
 * file. A pair that does not fit together is read again until it does; until then the old one serves on. The authority
 * of the clients is followed in the same way, on its own.
 *
 * @param use Takes over what was renewed.
 * @param interval Milliseconds between looks at the files.
 */
export function followCertificate(
  files: CertificateFiles,
  current: Credentials,
  log: Log,
  use: (credentials: Credentials) => void,
  interval: number,
) {
  const { certificate, clientCa } = files
  let credentials = current
  let expiry = expiryOf(credentials)
  let warned = 0
  const follow = (read: () => Partial<Credentials>, taken: () => object) => {
    let failures = 0
    return () => {
      try {
        const found = { ...credentials, ...read() }
        failures = 0
        if (isSame(found, credentials)) return
        use(found)
        credentials = found
        log.info(taken(), 'took over the renewed certificate')
      } catch (error) {
        // The first may be a file that is just being written.
        failures++
        if (failures === 2)
          log.warn({ err: error }, 'kept the old certificate: the new one cannot be used')
      }
    }
  }
  const followPair = follow(
    () => readPair(files),
    () => {
      expiry = expiryOf(credentials)
      warned = 0
      return { certificate, expiry }
    },
  )
  const followAuthority =
    clientCa !== undefined &&
    follow(
      () => ({ ca: readAuthority(clientCa) }),
      () => ({ clientCa }),
    )
  const look = () => {
    followPair()
    if (followAuthority) followAuthority()
    const now = Date.now()
    if (expiry.getTime() - now < expiryWarning && now - warned > day) {
      warned = now
      log.warn({ certificate, expiry }, 'the certificate is about to expire')
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

const expiryOf = ({ cert }: Credentials) => new Date(new X509Certificate(cert).validTo)

const isSame = (left: Credentials, right: Credentials) =>
  left.cert.equals(right.cert) && left.key.equals(right.key) && left.ca === right.ca

function read(path: string, flag = '--webhook-cert-dir ("npm run dev" makes one)'): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new StartError(
      `cannot read ${path}: ${reasonOf(error)}; mount the certificate there or pass ${flag}`,
    )
  }
}
