import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import type { Address, TlsOptions } from '../flags/config.ts'
import { readCipherSuites } from '../flags/tls.ts'
import type { Log } from '../observability/log.ts'
import { type Credentials, readCredentials } from './credentials.ts'
import { followCertificate } from './follow-certificate.ts'
import { type Listening, listen, timeouts } from './listen.ts'

/** A server with a certificate. */
export interface ListeningWithCertificate extends Listening {
  /** When the certificate in use expires. */
  readonly certificateExpiry: Date
}

/**
 * Serves over HTTPS, and takes over a certificate that is renewed. Rejects with StartError for a missing or broken
 * certificate, and with one that names the flag when the port cannot be used.
 *
 * @param reloadIntervalMilliseconds How often the files of the certificate are read again.
 */
export async function serveTls(
  listener: RequestListener,
  options: Address & TlsOptions,
  flag: string,
  log: Log,
  reloadIntervalMilliseconds = 10_000,
): Promise<ListeningWithCertificate> {
  const { minVersion, ciphers = readCipherSuites(''), clientCa } = options
  const credentials = readCredentials(options)
  const clients = clientCa !== undefined && { requestCert: true, rejectUnauthorized: true }
  // Without this, Node makes a hash of the arguments, and the first use of OpenSSL's digests takes 2 ms.
  const common = { minVersion, ciphers, sessionIdContext: 'extension' }
  const server = createServer({ ...timeouts, ...common, ...credentials, ...clients }, listener)
  server.timeout = timeouts.keepAliveTimeout
  const listening = await listen(server, options, flag)
  const use = (renewed: Credentials) => server.setSecureContext({ ...common, ...renewed })
  const certificate = followCertificate(options, credentials, log, use, reloadIntervalMilliseconds)
  return {
    port: listening.port,
    get certificateExpiry() {
      return certificate.expiry
    },
    async close(serveOnMilliseconds) {
      await listening.close(serveOnMilliseconds)
      certificate.stop()
    },
  }
}
