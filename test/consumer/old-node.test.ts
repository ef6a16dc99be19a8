import { spawnSync } from 'node:child_process'
import { describe, expect, inject, it } from 'vitest'
import { machine, tryRunIn } from './command.ts'

const project = inject('project')
const version = spawnSync('node', ['--version'], { env: machine, encoding: 'utf8' }).stdout ?? ''
const major = Number(/^v(\d+)/.exec(version)?.[1])
const capiExtension = (...args: string[]) =>
  tryRunIn(machine, project, 'node', 'node_modules/.bin/capi-extension', ...args)

// Where the machine has such a Node: whoever begins may have no other one.
describe.skipIf(!(major >= 20 && major < 24))(`with the machine's Node ${version.trim()}`, () => {
  it.each([[], ['dev'], ['demo'], ['sandbox'], ['simulate'], ['build'], ['openapi']])(
    'tells about %s',
    async (...command) => {
      const { code, stdout, stderr } = await capiExtension(...command, '--help')
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).toContain(`Usage: ${['capi-extension', ...command].join(' ')} `)
    },
  )

  it('says in one line that the sources need another one', async () => {
    const { code, stderr } = await capiExtension('dev')
    expect(stderr).toMatch(/^this is Node 2\d\.\S+, and .* Node 24 or later: .*\n$/)
    expect(code).toBe(1)
  })
})
