import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { machine, tryRunIn } from './command.ts'

const project = inject('project')
const version = spawnSync('node', ['--version'], { env: machine, encoding: 'utf8' }).stdout ?? ''
const major = Number(/^v(\d+)/.exec(version)?.[1])
const program = join(project, 'node_modules/.bin/capi-extension')
const capiExtension = (...args: string[]) => tryRunIn(machine, project, 'node', program, ...args)
const { stdout: help } = spawnSync('node', [program, '--help'], { env: machine, encoding: 'utf8' })
const commands = [...help.matchAll(/^ {2}([a-z]+) {2}/gm)].map(([, command = '']) => command)

// Where the machine has such a Node: whoever begins may have no other one.
describe.skipIf(!(major >= 20 && major < 24))(`with the machine's Node ${version.trim()}`, () => {
  it('names the commands', () => expect(commands).toContain('dev'))

  it.each(commands)('tells about %s', async (command) => {
    const { code, stdout, stderr } = await capiExtension(command, '--help')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain(`Usage: capi-extension ${command} `)
  })

  it('says in one line that the sources need another one', async () => {
    const { code, stderr } = await capiExtension('dev')
    expect(stderr).toMatch(/^this is Node 2\d\.\S+, and .* Node 24 or later: .*\n$/)
    expect(code).toBe(1)
  })
})
