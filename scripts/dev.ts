// Serves the extension from its sources and again after every edit, with a certificate made on the spot.
import process from 'node:process'
import { serveSources } from '../src/dev/serve-sources.ts'
import { certificateDirectory, ensureCertificates } from '../src/dev/simulator/certificates.ts'

await ensureCertificates(certificateDirectory)
console.log(`The authority of its certificate is ${certificateDirectory}/ca.crt`)
await serveSources([
  '--webhook-host=127.0.0.1',
  `--webhook-cert-dir=${certificateDirectory}`,
  '--health-addr=127.0.0.1:9440',
  ...process.argv.slice(2),
])
process.exit()
