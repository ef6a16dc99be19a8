// Serves the extension from its sources and again after every edit, with a certificate made on the spot.
import { spawn } from 'node:child_process'
import { certificateDirectory, ensureCertificates } from '../src/simulator/certificates.ts'

await ensureCertificates(certificateDirectory)
const flags = [
  '--webhook-host=127.0.0.1',
  `--webhook-cert-dir=${certificateDirectory}`,
  '--health-addr=127.0.0.1:9440',
]
const watch = ['--watch', '--watch-preserve-output', 'src/main.ts']
const child = spawn(process.execPath, [...watch, ...flags, ...process.argv.slice(2)], {
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => {
  process.exitCode = code ?? 0
})
