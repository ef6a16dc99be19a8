import { stripVTControlCharacters, styleText } from 'node:util'
import { contracts } from '../../contract/index.ts'
import { type Finding, rules } from '../../rules/table.ts'
import { breakLines, type TerminalStream } from '../terminal.ts'
import type { CallEvent, CallVerdict, Emit, SimulationEvent, SummaryEvent } from './events.ts'

type Style = Parameters<typeof styleText>[0]

const verdictStyles: Record<CallVerdict, Style> = {
  ok: 'green',
  blocks: 'yellow',
  Failure: 'red',
  ignored: 'yellow',
  breaks: ['red', 'bold'],
}
const levelStyles: Record<Finding['level'], Style> = { break: 'red', warning: 'yellow' }

// Narrower than this, a handler is named below its hook, and only when its name is not the usual one.
const roomForHandlers = 110
const narrowest = 72
const wentOn =
  'A real Cluster is stuck where a call breaks or fails; the simulated one went on to show the rest.'
const indent = ' '.repeat(10)

/** Prints a timeline for people, in colours only on a terminal that wants them (NO_COLOR). */
export function createTextReport(stream: TerminalStream): Emit {
  const width = Math.max(narrowest, stream.columns ?? 120)
  const style: Paint = (format, text) => styleText(format, text, { stream })
  const onlyNews = createNewsFilter()
  return (event) => {
    const lines = linesOf(event.event === 'call' ? onlyNews(event) : event, width, style)
    if (lines.length > 0) stream.write(`${lines.join('\n')}\n`)
  }
}

/** Prints one JSON object a line for each event. */
export function createJSONReport(stream: NodeJS.WritableStream): Emit {
  return (event) => {
    stream.write(`${JSON.stringify(event)}\n`)
  }
}

type Paint = (format: Style, text: string) => string

/** Takes out of a call what the calls before it have said: messages of a block, findings. */
function createNewsFilter(): (event: CallEvent) => CallEvent {
  const messages = new Map<string, string | undefined>()
  const findings = new Set<string>()
  return ({ message, ...event }) => {
    const isNewMessage = message !== messages.get(event.handler)
    messages.set(event.handler, message)
    const isNew = ({ rule, detail }: Finding) => {
      const key = `${event.hook} ${rule} ${detail}`
      return !findings.has(key) && findings.add(key)
    }
    const news = event.findings.filter(isNew)
    const asBefore = event.findings.length > 0 && news.length === 0
    const text = asBefore ? 'as before' : isNewMessage ? message : undefined
    return { ...event, findings: news, ...(text !== undefined && { message: text }) }
  }
}

function linesOf(event: SimulationEvent, width: number, style: Paint): string[] {
  switch (event.event) {
    case 'phase': {
      const text = breakLines(event.text, width, '')
      return ['', style('bold', event.title), ...text.map((line) => style('dim', line))]
    }
    case 'call':
      // A second call that went as the first would only repeat a line.
      if (event.again && event.findings.length === 0) return []
      return [...callLines(event, width, style), ...findingLines(event.findings, width, style)]
    case 'finding':
      return findingLines([event.finding], width, style)
    case 'note':
      return breakLines(event.text, width, indent)
    case 'summary':
      return ['', ...summaryLines(event, width, style)]
  }
}

function findingLines(findings: readonly Finding[], width: number, style: Paint): string[] {
  return findings.flatMap(({ level, rule, detail }) =>
    breakLines(`${style(levelStyles[level], `${level} ${rule}`)}: ${detail}`, width, indent),
  )
}

function callLines(event: CallEvent, width: number, style: Paint): string[] {
  const { verdict, retryAfterSeconds, message = '', hook, handler } = event
  const wide = width >= roomForHandlers
  const columns = [
    style('dim', `${(event.offsetMilliseconds / 1000).toFixed(1)} s`.padStart(8)),
    ` ${style(verdictStyles[verdict], verdict.padEnd(7))}`,
    hook.padEnd(28),
    ...(wide ? [handler.padEnd(31)] : []),
    formatMilliseconds(event.milliseconds).padStart(9),
    retryAfterSeconds === undefined ? '' : `retry ${retryAfterSeconds} s`,
  ]
  const line = columns.join(' ').trimEnd()
  const usual = contracts.find((contract) => contract.hook === hook)?.handlerName
  const name = !wide && handler !== usual && `handler ${handler}`
  const text = [name, event.again && 'called again', message].filter(Boolean).join(': ')
  const free = width - stripVTControlCharacters(line).length - 2
  if (text === '') return [line]
  if (text.length <= free) return [`${line}  ${text}`]
  return [line, ...breakLines(text, width, indent)]
}

function summaryLines(event: SummaryEvent, width: number, style: Paint): string[] {
  const { hooksCalled, hooksSkipped, calls, seconds, slowest, warnings, breaks, findings } = event
  const total = hooksCalled.length + hooksSkipped.length
  const byRule = Map.groupBy(findings, ({ level, rule }) => `${level} ${rule}`)
  const skipped = Map.groupBy(hooksSkipped, ({ reason }) => reason)
  const verdict =
    breaks === 0
      ? style(['green', 'bold'], 'The extension keeps the contract in this scenario.')
      : style(['red', 'bold'], `The extension breaks the contract: ${count(breaks, 'break')}.`)
  const slow = slowest && `slowest ${slowest.hook} ${formatMilliseconds(slowest.milliseconds)}`
  return [
    style('bold', 'Summary'),
    ...breakLines(
      [
        `${hooksCalled.length} of ${total} hooks`,
        count(calls, 'call'),
        `${seconds.toFixed(1)} s`,
        slow,
      ]
        .filter(Boolean)
        .join(', '),
      width,
      '  ',
    ),
    ...[...skipped].flatMap(([reason, hooks]) =>
      breakLines(`${reason}: ${hooks.map(({ hook }) => hook).join(', ')}`, width, '  '),
    ),
    `  ${count(warnings, 'warning')}, ${count(breaks, 'break')}`,
    ...[...byRule.values()].flatMap((found) => ruleLines(found, width, style)),
    verdict,
    ...(breaks > 0 ? breakLines(wentOn, width, '') : []),
  ]
}

function ruleLines(found: SummaryEvent['findings'], width: number, style: Paint): string[] {
  const [first] = found
  if (first === undefined) return []
  const { rule, source } = rules[first.rule]
  const label = style(levelStyles[first.level], `${first.level} ${first.rule}`)
  return [
    ...breakLines(`${label}: ${rule} (${source})`, width, '  '),
    ...found.flatMap(({ hook, times, detail }) =>
      breakLines(`${hook}${times > 1 ? ` (${times} times)` : ''}: ${detail}`, width, '    '),
    ),
  ]
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

function formatMilliseconds(milliseconds: number): string {
  return `${milliseconds < 10 ? milliseconds.toFixed(1) : milliseconds.toFixed(0)} ms`
}
