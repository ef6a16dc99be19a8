import { Writable } from 'node:stream'
import { expect, it } from 'vitest'
import type {
  CallEvent,
  SimulationEvent,
  SummaryEvent,
} from '../../../../src/dev/simulator/events.ts'
import { createTextReport } from '../../../../src/dev/simulator/report.ts'
import { finding, rules, rulesMarkdown } from '../../../../src/rules/table.ts'

function print(columns: number, ...events: SimulationEvent[]): string[] {
  let text = ''
  const stream = new Writable({
    write(chunk, _, done) {
      text += chunk
      done()
    },
  })
  const report = createTextReport(Object.assign(stream, { columns }))
  for (const event of events) report(event)
  return text.trimEnd().split('\n')
}

const call: CallEvent = {
  event: 'call',
  offsetMilliseconds: 1234,
  hook: 'BeforeClusterCreate',
  handler: 'before-cluster-create',
  milliseconds: 1.26,
  verdict: 'ok',
  findings: [],
}
const blocked: CallEvent = { ...call, verdict: 'blocks', retryAfterSeconds: 5, message: 'Waiting' }

it('aligns calls, with the handler where there is room for it', () => {
  expect(print(120, call, blocked)).toEqual([
    '   1.2 s  ok      BeforeClusterCreate          before-cluster-create              1.3 ms',
    '   1.2 s  blocks  BeforeClusterCreate          before-cluster-create              1.3 ms retry 5 s  Waiting',
  ])
  expect(print(80, call, blocked)).toEqual([
    '   1.2 s  ok      BeforeClusterCreate             1.3 ms',
    '   1.2 s  blocks  BeforeClusterCreate             1.3 ms retry 5 s  Waiting',
  ])
})

it('says a message once while it stays the same', () => {
  const lines = print(80, blocked, blocked, { ...blocked, message: 'Still' }, call)
  expect(lines.map((line) => line.split('retry 5 s')[1] ?? '-')).toEqual([
    '  Waiting',
    '',
    '  Still',
    '-',
  ])
})

it('breaks long lines, and keeps to the width', () => {
  const long: CallEvent = { ...blocked, message: 'word '.repeat(40).trim() }
  const events = [long, { event: 'note', text: long.message ?? '' }] satisfies SimulationEvent[]
  const lines = print(72, ...events)
  expect(lines.length).toBeGreaterThan(6)
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(72)
})

it('shows findings below their call', () => {
  const findings = [finding('undecodable', 'the body is no JSON')]
  expect(print(80, { ...call, verdict: 'breaks', findings })[1]).toBe(
    '          break undecodable: the body is no JSON',
  )
})

it('hides a second call that went well, and shows one that did not', () => {
  expect(print(80, { ...call, again: true })).toEqual([''])
  const findings = [finding('not-idempotent', 'first Success, then Failure')]
  const [line, more] = print(80, { ...call, again: true, findings })
  expect(line).toMatch(/ms {2}called again$/)
  expect(more).toContain('break not-idempotent')
})

it('says a finding once', () => {
  const findings = [finding('unknown-field', 'more is not known')]
  const lines = print(
    80,
    { ...call, findings },
    { ...call, findings, again: true },
    { ...call, findings },
  )
  expect(lines).toHaveLength(3)
  expect(lines[2]).toMatch(/ms {2}as before$/)
})

it('names a handler with a name of its own where there is no room for all', () => {
  expect(print(80, { ...call, handler: 'my-handler' })[0]).toMatch(/ms {2}handler my-handler$/)
})

const summary: SummaryEvent = {
  event: 'summary',
  hooksCalled: ['Discovery'],
  hooksSkipped: [{ hook: 'UpdateMachine', reason: 'not served' }],
  calls: 3,
  seconds: 1.5,
  slowest: { hook: 'Discovery', milliseconds: 12.3 },
  warnings: 0,
  breaks: 2,
  findings: [{ ...finding('http-status', 'HTTP status 500'), hook: 'Discovery', times: 2 }],
}

it('sums up', () => {
  const { rule, source } = rules['http-status']
  expect(print(160, summary)).toEqual([
    '',
    'Summary',
    '  1 of 2 hooks, 3 calls, 1.5 s, slowest Discovery 12 ms',
    '  not served: UpdateMachine',
    '  0 warnings, 2 breaks',
    `  break http-status: ${rule} (${source})`,
    '    Discovery (2 times): HTTP status 500',
    'The extension breaks the contract: 2 breaks.',
    expect.stringMatching(/^A real Cluster is stuck/),
  ])
  const kept = print(120, { ...summary, breaks: 0, findings: [] })
  expect(kept.at(-1)).toBe('The extension keeps the contract in this scenario.')
})

it('writes no colours to what is no terminal', () => {
  expect(print(80, call, summary).join('')).not.toContain('\u001b')
})

it('lists the rules for the README', () => {
  const lines = rulesMarkdown().split('\n')
  expect(lines).toHaveLength(2 + Object.keys(rules).length)
  expect(lines).toContain(
    '| `undecodable` | break | The body is the JSON of the response of this hook, with the right types. | internal/runtime/client/client.go |',
  )
})
