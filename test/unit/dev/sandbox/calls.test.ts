import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { createCallView } from '../../../../src/dev/sandbox/calls.ts'

const stream = (columns: number) => Object.assign(new PassThrough(), { columns })
const time = new Date(2026, 0, 2, 3, 4, 5).toISOString()
const Cluster = { name: 'demo', namespace: 'default' }
const call = (hook: string, more: object = {}) =>
  JSON.stringify({
    level: 'info',
    time,
    hook,
    Cluster,
    milliseconds: 1.5,
    status: 'Success',
    msg: `SPIKE ${hook} answered`,
    ...more,
  })
const blocked = { retryAfterSeconds: 5, message: 'waiting for quota' }

it.each([
  ['an Error', { type: 'Error', message: 'no quota', stack: 'Error: no quota' }, 'no quota'],
  ['a string', 'no quota', 'no quota'],
  ['another object', { code: 7 }, '{"code":7}'],
])('says why a handler failed that threw %s', (_, err, reason) => {
  const [line] = createCallView(stream(120))(call('GeneratePatches', { status: undefined, err }))
  expect(line).toBe(
    `03:04:05 fails   GeneratePatches                 1.5 ms  default/demo  ${reason}`,
  )
})

it('aligns the columns', () => {
  const view = createCallView(stream(120))
  const lines = [
    ...view(call('BeforeClusterCreate', blocked)),
    ...view(call('AfterControlPlaneInitialized')),
    ...view(call('UpdateMachine', { Machine: { name: 'demo-1', namespace: 'default' } })),
    ...view(call('BeforeClusterDelete', { status: 'Failure', message: 'no' })),
    ...view(call('GeneratePatches', { status: undefined, err: { message: 'boom' } })),
  ]
  expect(lines).toEqual([
    '03:04:05 blocks  BeforeClusterCreate             1.5 ms  default/demo  retry 5 s  waiting for quota',
    '03:04:05 ok      AfterControlPlaneInitialized    1.5 ms  default/demo',
    '03:04:05 ok      UpdateMachine                   1.5 ms  default/demo-1',
    '03:04:05 Failure BeforeClusterDelete             1.5 ms  default/demo  no',
    '03:04:05 fails   GeneratePatches                 1.5 ms  default/demo  boom',
  ])
})

it('puts what does not fit on a line of its own', () => {
  const message = 'a message that is longer than the rest of the line'
  expect(createCallView(stream(80))(call('BeforeClusterCreate', { ...blocked, message }))).toEqual([
    '03:04:05 blocks  BeforeClusterCreate             1.5 ms  default/demo  retry 5 s',
    `          ${message}`,
  ])
})

it('tells the same only once where it is said at every reconcile', () => {
  const view = createCallView(stream(120))
  const patches = call('GeneratePatches')
  expect(view(patches)).toHaveLength(1)
  expect(view(patches)).toHaveLength(0)
  expect(view(call('GeneratePatches', { status: 'Failure', message: 'no' }))).toHaveLength(1)
  expect(view(patches)).toHaveLength(1)
  expect(view(call('GeneratePatches', { Cluster: { name: 'other' } }))).toHaveLength(1)

  const held = call('BeforeClusterCreate', blocked)
  expect(view(held)).toHaveLength(1)
  expect(view(held)).toHaveLength(0)
  // Each step of an upgrade calls it once.
  expect(view(call('BeforeControlPlaneUpgrade'))).toHaveLength(1)
  expect(view(call('BeforeControlPlaneUpgrade'))).toHaveLength(1)
})

it('shows what a handler logs and what keeps the extension from starting', () => {
  const view = createCallView(stream(120))
  const line = { level: 'warn', time, hook: 'UpdateMachine', msg: 'no quota' }
  expect(view(JSON.stringify(line))).toEqual(['03:04:05  UpdateMachine: no quota'])
  expect(view('src/main.ts:1: SyntaxError: Unexpected token')).toEqual([
    '          src/main.ts:1: SyntaxError: Unexpected token',
  ])
})
