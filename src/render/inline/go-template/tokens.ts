import { TemplateError } from './errors.ts'

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

export type TokenType =
  | 'text'
  | 'left'
  | 'right'
  | 'space'
  | 'declare'
  | 'assign'
  | 'pipe'
  | 'comma'
  | 'open'
  | 'close'
  | 'string'
  | 'character'
  | 'number'
  | 'variable'
  | 'field'
  | 'word'
  | 'end'

// What follows a name: text/template/parse, atTerminator in lex.go.
const terminator = String.raw`(?=[ \t\r\n.,|:()]|\}\}|$)`
const name = String.raw`[\p{L}\p{Nd}_]`
const digits = String.raw`0[xX][\da-fA-F_]*(?:\.[\da-fA-F_]*)?(?:[pP][+-]?[\d_]*)?|0[oO][0-7_]*(?:\.[0-7_]*)?|0[bB][01_]*(?:\.[01_]*)?|[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?[\d_]*)?`

const patterns: [TokenType, RegExp][] = [
  ['right', /(?:[ \t\r\n]-)?\}\}/uy],
  ['space', /(?:[ \t\r\n](?!-\}\}))+/uy],
  ['assign', /=/uy],
  ['declare', /:=/uy],
  ['pipe', /\|/uy],
  ['comma', /,/uy],
  ['open', /\(/uy],
  ['close', /\)/uy],
  ['string', /"(?:\\[^\n]|[^"\\\n])*"|`[^`]*`/uy],
  ['character', /'(?:\\[^\n]|[^'\\\n])*'/uy],
  ['variable', new RegExp(String.raw`\$${name}*${terminator}`, 'uy')],
  ['field', new RegExp(String.raw`\.(?!\d)${name}*${terminator}`, 'uy')],
  ['number', new RegExp(String.raw`(?=[+\-.\d])[+-]?(?:${digits})i?(?!${name}|[+-])`, 'uy')],
  ['word', new RegExp(`${name}+${terminator}`, 'uy')],
]

/** The tokens of a template, after text/template/parse/lex.go. */
export function readTokens(template: string): Token[] {
  const tokens: Token[] = []
  let position = 0
  let line = 1
  let isApart = false
  const add = (type: TokenType, text: string, start: number) =>
    tokens.push({ type, text, line, start, end: start + text.length, isApart })
  const goTo = (next: number) => {
    line += template.slice(position, next).split('\n').length - 1
    position = next
  }

  while (position < template.length) {
    const left = template.indexOf('{{', position)
    const text = template.slice(position, left < 0 ? undefined : left)
    const trims = left >= 0 && /^-[ \t\r\n]/.test(template.slice(left + 2, left + 4))
    const kept = trims ? text.replace(/[ \t\r\n]+$/, '') : text
    if (kept !== '') add('text', kept, position)
    if (left < 0) break
    goTo(left)
    const start = left + (trims ? 4 : 2)
    if (template.startsWith('/*', start)) {
      goTo(afterComment(template, start))
      continue
    }
    add('left', '{{', left)
    goTo(start)
    let depth = 0
    for (;;) {
      const [type, matched] = match(template, position)
      if (type === 'open') depth += 1
      if (type === 'close') depth -= 1
      if (depth < 0) throw new TemplateError('unexpected right paren')
      if (type === 'right' && depth > 0) throw new TemplateError('unclosed left paren')
      if (type !== 'space') add(type, matched, position)
      isApart = type === 'space'
      goTo(position + matched.length)
      if (type !== 'right') continue
      if (matched !== '}}') goTo(afterSpace(template, position))
      break
    }
  }
  add('end', '', position)
  return tokens
}

function match(template: string, position: number): [TokenType, string] {
  for (const [type, pattern] of patterns) {
    pattern.lastIndex = position
    const found = pattern.exec(template)?.[0]
    if (found) return [type, found]
  }
  const rest = template.slice(position, position + 20).split('\n')[0]
  throw new TemplateError(
    rest === undefined || rest === '' ? 'unclosed action' : `unexpected ${rest}`,
  )
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
