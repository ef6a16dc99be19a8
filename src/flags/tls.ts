import { StartError } from '../messages/start-error.ts'

/** The values of --tls-min-version. TLS 1.0 and 1.1 are broken: 1.2 takes their place. */
export const tlsVersions = {
  VersionTLS10: 'TLSv1.2',
  VersionTLS11: 'TLSv1.2',
  VersionTLS12: 'TLSv1.2',
  VersionTLS13: 'TLSv1.3',
} as const

// The names that Go has for cipher suites, and --tls-cipher-suites of Kubernetes programs takes, with those of OpenSSL.
// The suites of TLS 1.3 have the same name in both.
const cipherSuites: Readonly<Record<string, string>> = {
  TLS_AES_128_GCM_SHA256: 'TLS_AES_128_GCM_SHA256',
  TLS_AES_256_GCM_SHA384: 'TLS_AES_256_GCM_SHA384',
  TLS_CHACHA20_POLY1305_SHA256: 'TLS_CHACHA20_POLY1305_SHA256',
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256: 'ECDHE-ECDSA-AES128-GCM-SHA256',
  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256: 'ECDHE-RSA-AES128-GCM-SHA256',
  TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384: 'ECDHE-ECDSA-AES256-GCM-SHA384',
  TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384: 'ECDHE-RSA-AES256-GCM-SHA384',
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256: 'ECDHE-ECDSA-CHACHA20-POLY1305',
  TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256: 'ECDHE-RSA-CHACHA20-POLY1305',
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305: 'ECDHE-ECDSA-CHACHA20-POLY1305',
  TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305: 'ECDHE-RSA-CHACHA20-POLY1305',
  TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA: 'ECDHE-ECDSA-AES128-SHA',
  TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA: 'ECDHE-RSA-AES128-SHA',
  TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA: 'ECDHE-ECDSA-AES256-SHA',
  TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA: 'ECDHE-RSA-AES256-SHA',
}

const isOfTls13 = (name: string) => !name.includes('_WITH_')
const withTls13 = Object.keys(cipherSuites).filter(isOfTls13)
const authenticated = Object.keys(cipherSuites).filter((name) => !name.endsWith('_CBC_SHA'))

/**
 * The list for OpenSSL that a value of --tls-cipher-suites means. An empty value means all suites with forward secrecy
 * and authenticated encryption. As in Go, a list without suites of TLS 1.3 changes nothing for TLS 1.3. Throws StartError.
 */
export function readCipherSuites(value: string): string {
  const given = value.split(',').filter((name) => name !== '')
  const names = given.length === 0 ? authenticated : given
  for (const name of names)
    if (!Object.hasOwn(cipherSuites, name))
      throw new StartError(
        `flag --tls-cipher-suites: "${name}" is none of ${Object.keys(cipherSuites).join(', ')}`,
      )
  const all = names.some(isOfTls13) ? names : [...withTls13, ...names]
  return all.map((name) => cipherSuites[name]).join(':')
}
