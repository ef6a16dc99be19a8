import { styleText } from 'node:util'
import * as v from 'valibot'
import { loggedReason } from '../../observability/readable-line.ts'
import { type TerminalStream, wrap } from '../terminal.ts'

const reference = v.object({ name: v.string(), namespace: v.optional(v.string()) })

/** A line of the extension's log. */
const lineSchema = v.object({
  level: v.string(),
  time: v.string(),
  msg: v.string(),
  hook: v.optional(v.string()),
  Cluster: v.optional(reference),
  Machine: v.optional(reference),
  MachineSet: v.optional(reference),
  milliseconds: v.optional(v.number()),
  status: v.optional(v.string()),
  retryAfterSeconds: v.optional(v.number()),
  message: v.optional(v.string()),
  err: v.optional(v.unknown()),
  hint: v.optional(v.string()),
})
type Line = v.InferOutput<typeof lineSchema>
type Style = Parameters<typeof styleText>[0]

const styles: Record<string, Style> = {
  ok: 'green',
  blocks: 'yellow',
  Failure: 'red',
  fails: 'red',
}

// Called at every reconcile of a topology.
const frequent = new Set(['Discovery', 'DiscoverVariables', 'GeneratePatches', 'ValidateTopology'])

/** Turns the extension's log into lines for people; a call that went as the one before gives none. */
export function createCallView(stream: TerminalStream): (line: string) => string[] {
  const before = new Map<string, string>()
  return (text) => {
    const line = parse(text)
    if (line === undefined) return plainLines(text, stream)
    const { hook, milliseconds } = line
    if (hook === undefined || milliseconds === undefined) return otherLines(line, stream)
    const verdict = verdictOf(line)
    const subject = referenceOf(line)
    const outcome = `${verdict} ${line.message ?? loggedReason(line.err)}`
    const key = `${hook} ${subject}`
    const again = before.get(key) === outcome && (frequent.has(hook) || verdict !== 'ok')
    before.set(key, outcome)
    return again ? [] : callLines(line, verdict, subject, stream)
  }
}

function callLines(line: Line, verdict: string, subject: string, stream: TerminalStream): string[] {
  const { time, hook = '', milliseconds = 0, retryAfterSeconds, message, hint, err } = line
  const retry = verdict === 'blocks' ? `retry ${retryAfterSeconds} s` : ''
  const columns = [
    styleText('dim', clock(time), { stream }),
    styleText(styles[verdict] ?? 'reset', verdict.padEnd(7), { stream }),
    hook.padEnd(28),
    `${milliseconds.toFixed(1)} ms`.padStart(9),
  ]
  return wrap(
    columns.join(' '),
    [subject, retry, message ?? hint ?? loggedReason(err) ?? ''],
    stream,
  )
}

// An error that keeps the extension from starting, and that it starts again.
const plainLines = (text: string, stream: TerminalStream) =>
  text.trim() === '' ? [] : wrap(' '.repeat(8), [styleText('yellow', text, { stream })], stream)

// What a handler logs itself, and that the extension starts and stops.
function otherLines({ time, level, msg, hook, err }: Line, stream: TerminalStream): string[] {
  const style = level === 'info' ? 'dim' : 'yellow'
  const text = [hook, msg, loggedReason(err)].filter(Boolean).join(': ')
  return wrap(
    styleText('dim', clock(time), { stream }),
    [styleText(style, text, { stream })],
    stream,
  )
}

function verdictOf({ status, retryAfterSeconds = 0 }: Line): string {
  if (status === undefined) return 'fails'
  if (status !== 'Success') return status
  return retryAfterSeconds > 0 ? 'blocks' : 'ok'
}

function referenceOf({ Cluster, Machine, MachineSet }: Line): string {
  const { namespace, name } = Machine ?? MachineSet ?? Cluster ?? {}
  return [namespace, name].filter(Boolean).join('/')
}

function parse(text: string): Line | undefined {
  try {
    const result = v.safeParse(lineSchema, JSON.parse(text))
    return result.success ? result.output : undefined
  } catch {
    return undefined
  }
}

const clock = (time: string) => new Date(time).toTimeString().slice(0, 8)
