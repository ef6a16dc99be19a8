import { X509Certificate } from 'node:crypto'
import type { TlsOptions } from '../flags/config.ts'
import type { Log } from '../observability/log.ts'
import { type Credentials, readAuthority, readPair } from './credentials.ts'

/** The certificate of a server over time. */
export interface FollowedCertificate {
  /** When the certificate in use expires. */
  readonly expiry: Date
  /** Looks at the files no more. */
  stop(): void
}

const dayMilliseconds = 24 * 60 * 60 * 1000
/** A certificate that expires within this time is logged once a day: it should have been renewed. */
const expiryWarningMilliseconds = 7 * dayMilliseconds

/**
 * Looks at the files again and again: Kubernetes renews a mounted Secret by exchanging a symbolic link, other tools write
 * one file after the other. A pair that does not belong together is read again until it does, and the old one is used
 * until then. The authority of the clients is followed in the same way, on its own.
 *
 * @param use Is called with what was renewed.
 */
export function followCertificate(
  files: TlsOptions,
  current: Credentials,
  log: Log,
  use: (credentials: Credentials) => void,
  intervalMilliseconds: number,
): FollowedCertificate {
  const { certificate, clientCa } = files
  let credentials = current
  let expiry = expiryOf(credentials)
  let warnedAt = 0

  /** A look at some of the files. `read` reads them, `taken` gives the fields to log when they are taken over. */
  function follow(read: () => Partial<Credentials>, taken: () => object): () => void {
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
        // The first failure may be a file that is being written.
        failures++
        if (failures === 2)
          log.warn({ err: error }, 'kept the old certificate: the new one cannot be used')
      }
    }
  }

  const looks = [
    follow(
      () => readPair(files),
      () => {
        expiry = expiryOf(credentials)
        warnedAt = 0
        return { certificate, expiry }
      },
    ),
  ]
  if (clientCa !== undefined)
    looks.push(
      follow(
        () => ({ ca: readAuthority(clientCa) }),
        () => ({ clientCa }),
      ),
    )

  function look(): void {
    for (const one of looks) one()
    const now = Date.now()
    const isSoon = expiry.getTime() - now < expiryWarningMilliseconds
    if (isSoon && now - warnedAt > dayMilliseconds) {
      warnedAt = now
      log.warn({ certificate, expiry }, 'the certificate is about to expire')
    }
  }

  look()
  const timer = setInterval(look, intervalMilliseconds)
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
