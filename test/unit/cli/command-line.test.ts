import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkNode } from '../../../src/cli/open-project.ts'
import { blockOf } from '../../support/readme.ts'
import { createProject } from './project.ts'
import { run } from './run.ts'

const { version, scripts, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
const commands = [
  ...[
    'dev',
    'demo',
    'sandbox',
    'simulate',
    'render',
    'guard',
    'build',
    'openapi',
    'contract',
    'types',
  ],
]

describe('help', () => {
  it.each([[[]], [['--help']], [['-h']]])('of all commands is what %j prints', async (args) => {
    const { code, stdout, stderr } = await run(...args)
    expect([code, stderr]).toEqual([0, ''])
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^  ${command} +\\w`, 'm'))
  })

  it.each(commands)('of %s has examples, and fits a narrow terminal', async (command) => {
    const { code, stdout, stderr } = await run(command, '--help')
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(new RegExp(`^Usage: capi-extension ${command} .*options`))
    expect(stdout).toMatch(new RegExp(`\nExamples:\n  # .*\n  capi-extension ${command}`))
    const words = stdout.split('\n').filter((line) => !line.startsWith('  capi-extension '))
    expect(words.filter((line) => line.length > 80)).toEqual([])
  })

  it('is what the scripts of this repository start with', () => {
    for (const command of commands.filter((name) => name !== 'types'))
      expect(scripts[command]).toMatch(new RegExp(`src/cli/main.ts ${command}( |$)`))
  })
})

it('prints the version of the package', async () => {
  expect(await run('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
})

it.each([
  [['dmo'], "unknown command 'dmo' (Did you mean demo?): see capi-extension --help"],
  [['--jsn'], "unknown option '--jsn': see capi-extension --help"],
  [
    ['demo', '--jsn'],
    "unknown option '--jsn' (Did you mean --json?): see capi-extension demo --help",
  ],
  [['demo', '--setting', 'a'], '--setting: "a" is not like NAME=VALUE'],
])('says in one line what is wrong with %j', async (args, message) => {
  expect(await run(...args)).toEqual({ code: 2, stdout: '', stderr: `${message}\n` })
})

it.each(['18.0.0', '20.20.2', '23.11.0'])('refuses sources on Node %s', (node) => {
  const message = `this is Node ${node}, and this command needs Node 24 or later: "npm install" brings it along, "npm run" takes it`
  expect(() => checkNode(node)).toThrow(message)
})

it.each(['24.0.0', '26.10.0'])('runs sources on Node %s', (node) => {
  expect(() => checkNode(node)).not.toThrow()
})

/** The command line as a process in a folder. */
function start(cwd: string, args: readonly string[], main = resolve('src/cli/main.ts')) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd,
    encoding: 'utf8',
  })
  return { code: status, stdout, stderr }
}

it.each(['dev', 'demo', 'sandbox', 'guard', 'build', 'openapi'])(
  '%s says in one line where there is no project',
  (command) => {
    const folder = mkdtempSync(join(tmpdir(), 'nothing-'))
    expect(start(folder, [command])).toEqual({
      code: 1,
      stdout: '',
      stderr: `there is no package.json in ${folder}: go to the folder of an extension, or make one with "capi-extension init"\n`,
    })
  },
)

it.each([
  ['build', '--outdir', 'package.json/dist', 'ENOTDIR: not a directory'],
  ['openapi', '--out', 'src', 'EISDIR: illegal operation on a directory'],
])('%s says in one line that %s cannot be %s', (command, option, path, reason) => {
  const project = createProject({ 'src/hooks/index.ts': 'export const hooks = []' })
  const { code, stderr } = start(project, [command, `${option}=${path}`])
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringMatching(new RegExp(`^\\S*${path}: ${reason}\n$`)),
  })
})

it('says in one line which package of development is missing', () => {
  const copy = mkdtempSync(join(tmpdir(), 'package-'))
  for (const name of ['src', 'package.json']) cpSync(name, join(copy, name), { recursive: true })
  mkdirSync(join(copy, 'node_modules'))
  for (const name of readdirSync('node_modules'))
    if (name !== 'esbuild')
      symlinkSync(resolve('node_modules', name), join(copy, 'node_modules', name))
  const project = createProject({ 'src/hooks/index.ts': 'export const hooks = []' })
  expect(start(project, ['build'], join(copy, 'src/cli/main.ts'))).toEqual({
    code: 1,
    stdout: '',
    stderr: `esbuild, which this command needs, is not installed: npm install --save-dev esbuild@${dependencies.esbuild}\n`,
  })
})

// The commands of the README end there as well: with Go, the end-to-end tests play the same steps.
const sandboxCommands = [
  ...blockOf('src/dev/sandbox/README.md', 'sandbox').matchAll(/^npm run (sandbox.*?)\s*(#|$)/gm),
]

it.each(sandboxCommands.map(([, command = '']) => command.replace(' --', '')))(
  '%s says in one line that Go is missing',
  (line) => {
    const root = createProject({ 'src/hooks/index.ts': 'export const hooks = []' })
    const command = [resolve('src/cli/main.ts'), ...line.split(' ')]
    const options = {
      cwd: root,
      env: { ...process.env, PATH: '/no/such' },
      encoding: 'utf8',
    } as const
    const { status, stdout, stderr } = spawnSync(process.execPath, command, options)
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^Go is needed to build the sandbox: install Go 1\.\d+\.\d+ or later\n$/)
  },
)
