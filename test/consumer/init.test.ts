// biome-ignore-all lint/suspicious/noTemplateCurlyInString: comments of manifests look like this
import { copyFileSync, mkdtempSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, expect, inject, it } from 'vitest'
import { machine, tryRunIn } from './command.ts'

// As a newcomer does it: an empty folder, the packed file, and the Node of the machine.
const directory = mkdtempSync(join(tmpdir(), 'newcomer-'))
const project = join(directory, 'fleet-policy')
afterAll(() => rm(directory, { recursive: true, force: true }))

async function run(cwd: string, file: string, ...args: string[]) {
  const { code, stdout, stderr } = await tryRunIn(machine, cwd, file, ...args)
  expect(code, `${args.join(' ')}\n${stdout}${stderr}`).toBe(0)
  return stdout
}

it('init writes a project, with the package and a lock file', async () => {
  const tarball = inject('tarball')
  copyFileSync(tarball, join(directory, basename(tarball)))
  const command = ['--yes', `./${basename(tarball)}`, 'init', 'fleet-policy']
  const output = await run(directory, 'npx', ...command)
  expect(output).toContain('cd fleet-policy && npm install')
  expect(await readdir(join(project, 'vendor'))).toEqual([expect.stringMatching(/\.tgz$/)])
  await run(project, 'npm', 'ci', '--prefer-offline', '--no-audit', '--no-fund')
})

it.each(['check', 'test', 'demo', 'build', 'openapi'])(
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
