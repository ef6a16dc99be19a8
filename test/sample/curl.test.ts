import { execFile } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, it } from 'vitest'
import { contracts } from '../../src/contract/index.ts'
import { ensureCertificates } from '../../src/dev/certificate-directory.ts'
import { hooks } from '../../src/hooks/index.ts'
import { blockOf } from '../support/readme.ts'
import { endAll, startExtension } from '../support/start-extension.ts'

const examples = blockOf('src/sample/README.md', 'curl')
const directory = mkdtempSync(join(tmpdir(), 'curl-'))
afterAll(endAll)

it('the README calls each hook with curl, and gets Success', async () => {
  await ensureCertificates(directory)
  const { port } = await startExtension({ certificates: directory, flags: ['--in-memory'] })
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
