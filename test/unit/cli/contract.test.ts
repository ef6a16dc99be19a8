import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { run } from './run.ts'

afterEach(() => vi.unstubAllEnvs())

it.each([
  [[], 2, "missing required argument 'version': see capi-extension contract --help"],
  [['1.14.2'], 2, '"1.14.2" is no version of Cluster API such as v1.15.0'],
  [['v1.11.9'], 1, 'v1.11.9 is too old: the contract is that of v1.12.0 and later'],
  [['v1.14.2'], 1, 'Go is needed to read Cluster API: install Go 1.26 or later'],
])('%j without Go says in one line what it needs', async (args, code, message) => {
  vi.stubEnv('PATH', '/no/such')
  expect(await run('contract', ...args)).toEqual({ code, stdout: '', stderr: `${message}\n` })
})

/** A folder with a `go` that reads this contract out of any version. */
function fakeGo(contract: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'go-'))
  writeFileSync(join(directory, 'contract'), contract)
  const script = `#!/bin/sh\n[ "$1" != run ] || while read -r line; do echo "$line"; done <${directory}/contract\n`
  writeFileSync(join(directory, 'go'), script)
  chmodSync(join(directory, 'go'), 0o755)
  vi.stubEnv('PATH', directory)
  return directory
}
const known = readFileSync('test/contract/contract-v1.14.2.json', 'utf8')

it('ends with 0 where the package has all hooks', async () => {
  fakeGo(known)
  const { code, stdout } = await run('contract', 'v1.14.2')
  expect([code, stdout]).toEqual([0, 'The package has the hooks of Cluster API v1.14.2.\n'])
})

it('names what differs, ends with 1, and writes what was read', async () => {
  const directory = fakeGo(known.replaceAll('"kubernetesVersion"', '"targetVersion"'))
  const out = join(directory, 'contracts')
  const { code, stdout } = await run('contract', 'v1.15.0', '--out', out)
  expect(code).toBe(1)
  const file = join(out, 'contract-v1.15.0.json')
  expect(stdout.split('\n')).toEqual(
    expect.arrayContaining([
      file,
      'missing AfterClusterUpgrade request.targetVersion string',
      'surplus AfterClusterUpgrade request.kubernetesVersion string',
    ]),
  )
  expect(JSON.parse(readFileSync(file, 'utf8')).hooks).toHaveProperty('AfterClusterUpgrade')
})
