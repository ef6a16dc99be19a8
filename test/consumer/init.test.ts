// biome-ignore-all lint/suspicious/noTemplateCurlyInString: comments of manifests look like this
import { copyFileSync, mkdtempSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, expect, inject, it } from 'vitest'
import { blockOf } from '../support/readme.ts'
import { machine, tryRunIn } from './command.ts'

// As a newcomer does it: an empty folder, the packed file, and the Node of the machine.
const directory = mkdtempSync(join(tmpdir(), 'newcomer-'))
const project = join(directory, 'fleet-policy')
afterAll(() => rm(directory, { recursive: true, force: true }))

async function run(cwd: string, file: string, ...args: string[]) {
  // npx asks before it installs.
  const environment = { ...machine, npm_config_yes: 'true' }
  const { code, stdout, stderr } = await tryRunIn(environment, cwd, file, ...args)
  expect(code, `${args.join(' ')}\n${stdout}${stderr}`).toBe(0)
  return stdout
}

it('the commands of the README make a project, with the package and a lock file, and play a demo', async () => {
  const tarball = inject('tarball')
  copyFileSync(tarball, join(directory, basename(tarball)))
  const output = await run(directory, 'bash', '-ec', blockOf('README.md', 'init'))
  expect(output).toContain('cd fleet-policy && npm install')
  expect(output).toContain('The extension keeps the contract in this scenario.')
  expect(await readdir(join(project, 'vendor'))).toEqual([expect.stringMatching(/\.tgz$/)])
  await run(project, 'npm', 'ci', '--prefer-offline', '--no-audit', '--no-fund')
  // It is npm that takes its time.
}, 300_000)

it.each(['check', 'test', 'guard', 'demo', 'build', 'openapi'])(
  'npm run %s passes before the first edit',
  async (script) => {
    await run(project, 'npm', 'run', script)
  },
)

it('doctor finds nothing', async () => {
  expect(await run(project, 'npx', 'capi-extension', 'doctor')).toMatch(/^(\w+ +ok\n){6}$/)
})

it('manifests follows a change', async () => {
  await run(project, 'npm', 'pkg', 'set', 'capi-extension.namespace=ops')
  expect(await run(project, 'npm', 'run', 'manifests', '--', '--yes')).toContain(
    '+  namespace: ops # ${namespace}',
  )
  await run(project, 'npm', 'run', 'check')
})
