import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'

// In a process of its own: vitest has listeners for the same events.
const program = `
  import { pino } from 'pino'
  import { handlerPath } from './src/contract/contract.ts'
  import { BeforeClusterCreate } from './src/contract/lifecycle.ts'
  import { createApp } from './src/extension/app.ts'
  import { defineHook } from './src/handler/hook.ts'
  import { catchStrayErrors } from './src/request/stray-errors.ts'
  const log = pino({ base: null, timestamp: false }, { write: (line) => process.stdout.write(line) })
  catchStrayErrors(log, () => {})
  const client = new AbortController()
  const listeners = [
    () => { throw new Error('throws') },
    async () => { throw new Error('rejects') },
    () => { setTimeout(() => { throw new Error('in a timer') }) },
  ]
  const hook = defineHook(BeforeClusterCreate, async ({ signal }) => {
    for (const listener of listeners) signal.addEventListener('abort', listener)
    await new Promise(() => {})
  }, { name: 'listens' })
  const body = JSON.stringify({ cluster: { metadata: { name: 'a', namespace: 'b' }, spec: {} } })
  const url = 'http://a' + handlerPath(BeforeClusterCreate, 'listens') + '?timeout=' + process.argv[1]
  const answer = createApp({ hooks: [hook] }, { log }).fetch(new Request(url, { method: 'POST', body, signal: client.signal }))
  if (process.argv[1] === '30s') setTimeout(() => client.abort(), 20)
  await answer
  setTimeout(() => console.log('{"alive":true}'), 20)`

it.each([
  ['the deadline', '50ms'],
  ['a disconnect', '30s'],
])('leaves an error of a listener with its handler at %s', async (_, timeout) => {
  const args = ['--input-type=module-typescript', '--eval', program, timeout]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  const lines: Record<string, unknown>[] = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const left = lines.filter(
    ({ msg }) => msg === 'a handler left an error behind that nobody caught',
  )
  expect(left.map(({ handler, err }) => [handler, Object(err).message]).sort()).toEqual([
    ['listens', 'in a timer'],
    ['listens', 'rejects'],
    ['listens', 'throws'],
  ])
  expect(lines.at(-1)).toEqual({ alive: true })
  expect(code).toBe(0)
})
