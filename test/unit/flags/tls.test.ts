import { getCiphers } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { readCipherSuites } from '../../../src/flags/tls.ts'

const tls13 = 'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256'

describe('cipher suites', () => {
  it.each([
    [
      'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
      `${tls13}:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-SHA`,
    ],
    ['TLS_AES_256_GCM_SHA384', 'TLS_AES_256_GCM_SHA384'],
    [
      'TLS_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305',
      'TLS_AES_128_GCM_SHA256:ECDHE-RSA-CHACHA20-POLY1305',
    ],
  ])('%s are those of OpenSSL', (names, expected) => {
    expect(readCipherSuites(names)).toBe(expected)
  })

  it('are all that are authenticated unless given, each known to OpenSSL', () => {
    const preset = readCipherSuites('').toLowerCase().split(':')
    expect(getCiphers()).toEqual(expect.arrayContaining(preset))
    expect(preset).toHaveLength(11)
    expect(preset.filter((name) => !/gcm|poly1305/.test(name))).toEqual([])
  })
})
