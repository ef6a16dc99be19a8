import { locate, TemplateError } from './errors.ts'
import { type TokenType, tokenAt } from './token-patterns.ts'

export interface Token {
  readonly type: TokenType
  readonly text: string
  /** Whether a space stands before it: `a .b` are two things, `a.b` is one. */
  readonly isApart: boolean
  readonly line: number
  /** Where it starts and ends in the template. */
  readonly start: number
  readonly end: number
}

interface Scan {
  readonly template: string
  readonly tokens: Token[]
  position: number
  line: number
}

/** The tokens of a template, after text/template/parse/lex.go. */
export function readTokens(template: string): Token[] {
  const scan: Scan = { template, tokens: [], position: 0, line: 1 }
  locate(
    () => `line ${scan.line}`,
    () => {
      while (scan.position < template.length) readTextAndAction(scan)
    },
  )
  add(scan, 'end', '')
  return scan.tokens
}

function readTextAndAction(scan: Scan): void {
  const { template, position } = scan
  const left = template.indexOf('{{', position)
  const text = template.slice(position, left < 0 ? undefined : left)
  const trims = left >= 0 && /^-[ \t\r\n]/.test(template.slice(left + 2, left + 4))
  const kept = trims ? text.replace(/[ \t\r\n]+$/, '') : text
  if (kept !== '') add(scan, 'text', kept)
  goTo(scan, left < 0 ? template.length : left)
  if (left < 0) return
  const start = left + (trims ? 4 : 2)
  if (template.startsWith('/*', start)) goTo(scan, afterComment(template, start))
  else {
    add(scan, 'left', '{{')
    goTo(scan, start)
    readAction(scan)
  }
}

function readAction(scan: Scan): void {
  const { template } = scan
  let depth = 0
  let isApart = false
  for (;;) {
    const { type, text } = tokenAt(template, scan.position) ?? refuse(scan)
    if (type === 'open') depth += 1
    if (type === 'close') depth -= 1
    if (depth < 0) throw new TemplateError('unexpected right paren')
    if (type === 'right' && depth > 0) throw new TemplateError('unclosed left paren')
    if (type !== 'space') add(scan, type, text, isApart)
    isApart = type === 'space'
    goTo(scan, scan.position + text.length)
    if (type !== 'right') continue
    if (text !== '}}') goTo(scan, afterSpace(template, scan.position))
    break
  }
}

function add(scan: Scan, type: TokenType, text: string, isApart = false): void {
  const { tokens, line, position: start } = scan
  tokens.push({ type, text, line, start, end: start + text.length, isApart })
}

function goTo(scan: Scan, position: number): void {
  scan.line += scan.template.slice(scan.position, position).split('\n').length - 1
  scan.position = position
}

function refuse({ template, position }: Scan): never {
  const rest = template.slice(position, position + 20).split('\n')[0] ?? ''
  throw new TemplateError(rest === '' ? 'unclosed action' : `unexpected ${rest}`)
}

function afterComment(template: string, start: number): number {
  const end = template.indexOf('*/', start + 2)
  if (end < 0) throw new TemplateError('unclosed comment')
  const right = /^(?:[ \t\r\n]-)?\}\}/.exec(template.slice(end + 2, end + 6))?.[0]
  if (right === undefined) throw new TemplateError('comment ends before closing delimiter')
  const next = end + 2 + right.length
  return right === '}}' ? next : afterSpace(template, next)
}

function afterSpace(template: string, position: number): number {
  return template.length - template.slice(position).replace(/^[ \t\r\n]+/, '').length
}
