import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'

// In a process of its own: vitest has listeners for the same events.
const program = `
  import { pino } from 'pino'
  import { catchStrayErrors, runAs } from './src/request/stray-errors.ts'
  const log = pino({ base: null, timestamp: false }, { write: (line) => process.stdout.write(line) })
  catchStrayErrors(log, (handler) => console.log(JSON.stringify({ reported: handler })))
  const as = (handler, run) => runAs({ hook: 'BeforeClusterCreate', handler }, run)
  as('rejects', () => { Promise.reject(new Error('nobody awaits')) })
  as('throws', () => { setTimeout(() => { throw new Error('in a timer') }) })
  setTimeout(() => console.log('{"alive":true}'), 20)`

/** Runs the program, and then a line of its own. */
async function run(then = '') {
  const args = ['--input-type=module-typescript', '--eval', `${program}\n${then}`]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  const lines = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  return { lines, code }
}

it('logs and reports what a handler leaves behind, with its name, and the process lives on', async () => {
  const { lines, code } = await run()
  const msg = 'a handler left an error behind that nobody caught'
  const hook = 'BeforeClusterCreate'
  expect(lines).toMatchObject([
    { level: 50, hook, handler: 'rejects', err: { message: 'nobody awaits' }, msg },
    { reported: { hook, handler: 'rejects' } },
    { level: 50, hook, handler: 'throws', err: { message: 'in a timer' }, msg },
    { reported: { hook, handler: 'throws' } },
    { alive: true },
  ])
  expect(code).toBe(0)
})

it.each([
  ['a rejection', "Promise.reject(new Error('of nobody'))"],
  ['an exception', "setTimeout(() => { throw new Error('of nobody') }, 1)"],
  ['one that is no error', "Promise.reject('of nobody')"],
])('logs %s from outside of any handler, and ends the process with 1', async (_, then) => {
  const { lines, code } = await run(then)
  expect(lines.at(-1)).toMatchObject({
    level: 60,
    err: then.includes('Error') ? { message: 'of nobody' } : 'of nobody',
    msg: 'an error outside of any handler ends the process',
  })
  expect(lines).not.toContainEqual({ alive: true })
  expect(code).toBe(1)
})
