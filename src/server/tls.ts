import { StartError } from '../messages/start-error.ts'

/** The names of --tls-min-version. TLS 1.0 and 1.1 are long broken: they stand for 1.2. */
export const tlsVersions = {
  VersionTLS10: 'TLSv1.2',
  VersionTLS11: 'TLSv1.2',
  VersionTLS12: 'TLSv1.2',
  VersionTLS13: 'TLSv1.3',
} as const

// Go's names, as --tls-cipher-suites of Kubernetes programs takes them, with OpenSSL's. Those of TLS 1.3
// have one name.
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
 * OpenSSL's list for the value of --tls-cipher-suites; when it is empty, all with forward secrecy and
 * authenticated encryption. As in Go, a list that names none of TLS 1.3 leaves TLS 1.3 as it is. Throws
 * StartError.
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
