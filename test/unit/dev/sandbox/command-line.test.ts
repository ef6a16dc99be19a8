import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { parseArguments } from '../../../../src/dev/sandbox/command-line.ts'
import { scenarios } from '../../../../src/dev/sandbox/scenarios.ts'

async function end(...args: string[]) {
  const child = spawn(process.execPath, ['src/dev/sandbox/sandbox.ts', ...args], { stdio: 'pipe' })
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  return { stdout, stderr, code }
}

it('reads the flags', () => {
  expect(parseArguments([])).toEqual({ help: false, keep: false, run: undefined })
  expect(parseArguments(['--keep', '--run', 'in-place'])).toMatchObject({
    keep: true,
    run: 'in-place',
  })
})

it.each([
  [['--runn=create'], "Unknown option '--runn': see --help"],
  [['create'], /^Unexpected argument 'create'.*: see --help$/],
  [['--run'], /^Option '--run <value>' argument missing: see --help$/],
  [['--keep=yes'], /^Option '--keep' does not take an argument: see --help$/],
  [['--run=dance'], '--run: "dance" is none of create, block, release, upgrade, in-place, delete'],
])('%j is a mistake', (args, message) => {
  expect(() => parseArguments(args)).toThrow(message)
})

it('ends with code 2 and one line for a mistake', async () => {
  const { stdout, stderr, code } = await end('--run=dance')
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(/^--run: "dance" is none of .*\n$/)
})

it('prints its scenarios with --help', async () => {
  const { stdout, code } = await end('--help')
  for (const name of Object.keys(scenarios)) expect(stdout).toContain(name)
  expect(code).toBe(0)
})
