import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureCertificates } from '../../src/dev/certificate-directory.ts'
import { type RunningExtension, startExtension } from '../support/start-extension.ts'

/** Whether to run in full: unless RELIABILITY is "short", as in CI. */
export const long = process.env['RELIABILITY'] !== 'short'

/** Certificates for all extensions of a test file. */
export const certificates = mkdtempSync(join(tmpdir(), 'certificates-'))

/** PEM of the authority of these certificates. */
export async function authority(): Promise<string> {
  return (await ensureCertificates(certificates)).ca
}

/** What the flags of the image come to with the 256 MiB of the Deployment. */
export const imageFlags = ['--max-old-space-size=128', '--max-semi-space-size=16']

/** Starts the bundle, as in the image, with flags of the extension and more of Node. */
export async function startBundle(
  flags: readonly string[] = [],
  node: readonly string[] = [],
): Promise<RunningExtension> {
  await authority()
  const bundle = process.env['EXTENSION_BUNDLE'] ?? ''
  const command = [process.execPath, ...imageFlags, ...node, bundle]
  return startExtension({ command, certificates, flags })
}
