import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'

// In a process of its own: vitest has listeners for the same events.
const program = `
  import { pino } from 'pino'
  import { catchStrayErrors, runAs } from './src/stray-errors.ts'
  const log = pino({ base: null, timestamp: false }, { write: (line) => process.stdout.write(line) })
  catchStrayErrors(log, (handler) => console.log(JSON.stringify({ reported: handler ?? null })))
  const as = (handler, run) => runAs({ hook: 'BeforeClusterCreate', handler }, run)
  as('rejects', () => { Promise.reject(new Error('nobody awaits')) })
  as('throws', () => { setTimeout(() => { throw new Error('in a timer') }) })
  setTimeout(() => { Promise.reject('no error, and of nobody') }, 10)
  setTimeout(() => console.log('{"alive":true}'), 50)`

it('logs and reports what a handler leaves behind, with its name, and the process lives on', async () => {
  const args = ['--input-type=module-typescript', '--eval', program]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  const lines = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const msg = 'SPIKE a handler left an error behind that nobody caught'
  const hook = 'BeforeClusterCreate'
  expect(lines).toMatchObject([
    { level: 50, hook, handler: 'rejects', err: { message: 'nobody awaits' }, msg },
    { reported: { hook, handler: 'rejects' } },
    { level: 50, hook, handler: 'throws', err: { message: 'in a timer' }, msg },
    { reported: { hook, handler: 'throws' } },
    { level: 50, err: 'no error, and of nobody', msg },
    { reported: null },
    { alive: true },
  ])
  expect(code).toBe(0)
})
