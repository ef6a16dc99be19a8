import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, it, vi } from 'vitest'
import { contracts } from '../../src/contract/index.ts'
import { ensureCertificates } from '../../src/dev/certificate-directory.ts'
import { hooks } from '../../src/hooks/index.ts'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
const [, examples = ''] = /^```sh\n(hook\(\) \{.*?)^```$/ms.exec(readme) ?? []
const directory = mkdtempSync(join(tmpdir(), 'curl-'))
let child: ChildProcess | undefined
afterAll(() => child?.kill('SIGKILL'))

it('the README calls each hook with curl, and gets Success', async () => {
  await ensureCertificates(directory)
  child = spawn(
    process.execPath,
    [
      'src/main.ts',
      '--webhook-host=127.0.0.1',
      '--webhook-port=0',
      '--health-addr=127.0.0.1:0',
      `--webhook-cert-dir=${directory}`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let log = ''
  child.stdout?.on('data', (chunk) => {
    log += chunk
  })
  const port = await vi.waitFor(() => {
    const [, found] = /"port":(\d+)/.exec(log) ?? []
    if (found === undefined) throw new Error(log)
    return found
  }, 20_000)
  const script = examples
    .replaceAll('.dev/certificates', directory)
    .replaceAll('127.0.0.1:9443', `127.0.0.1:${port}`)
  const { stdout } = await promisify(execFile)('bash', ['-c', script])
  const answers = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(answers.filter(({ status }) => status !== 'Success')).toEqual([])
  expect(new Set(answers.map(({ kind }) => kind))).toEqual(
    new Set(contracts.map(({ hook }) => `${hook}Response`)),
  )
  for (const { name } of hooks) expect(examples).toContain(`/${name} `)
})
