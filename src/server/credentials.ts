import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import type { TlsOptions } from '../flags/config.ts'
import { reasonOf, StartError } from '../messages/start-error.ts'

/** The content of the files that a server's TLS needs, as Node takes it. */
export interface Credentials {
  cert: Buffer
  key: Buffer
  /** The certificates of the clients' authority in PEM, all of which were checked. */
  ca?: string
}

/**
 * Reads the files. Throws StartError when one cannot be read, certificate and key do not belong together, or the file of
 * the clients' authority holds anything but whole certificates in PEM.
 */
export function readCredentials(files: TlsOptions): Credentials {
  const { clientCa } = files
  return { ...readPair(files), ...(clientCa !== undefined && { ca: readAuthority(clientCa) }) }
}

/** Reads a certificate and its key. Throws StartError. */
export function readPair({
  certificate,
  key,
}: Pick<TlsOptions, 'certificate' | 'key'>): Credentials {
  const pair = { cert: read(certificate), key: read(key) }
  try {
    // Throws for what is not a certificate, and for the key of another one.
    createSecureContext(pair)
  } catch (error) {
    throw new StartError(
      `${certificate} and ${key} are not a certificate and its key: ${reasonOf(error)}`,
    )
  }
  return pair
}

/**
 * Reads the certificates of an authority. Node's TLS ignores text that is not a certificate, and all certificates after
 * it; it gets only what was checked here. Throws StartError.
 */
export function readAuthority(path: string): string {
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
  // Tools write text around a certificate, but no lines of dashes.
  const around = [before, ...blocks.map((block) => block.split('-----END CERTIFICATE-----')[1])]
  if (around.some((text) => text?.includes('---')))
    throw refuse('holds a line of dashes that begins and ends no certificate')
  return certificates.join('')
}

function read(path: string, flag = '--webhook-cert-dir ("npm run dev" makes one)'): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new StartError(
      `cannot read ${path}: ${reasonOf(error)}; mount the certificate there or pass ${flag}`,
    )
  }
}
