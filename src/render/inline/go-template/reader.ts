import { TemplateError } from './errors.ts'
import type { Place } from './nodes.ts'
import type { TokenType } from './token-patterns.ts'
import { readTokens, type Token } from './tokens.ts'

/** Goes over the tokens of a template. */
export interface Reader {
  /** The next token, or one after it. */
  readonly peek: (ahead?: number) => Token
  readonly next: () => Token
  /** Goes past the next token if it is of this type. */
  readonly take: (type: TokenType) => Token | undefined
  /** Goes past `{{ keyword` if that is next. */
  readonly takeKeyword: (keyword: string) => boolean
  readonly expect: (type: TokenType, context: string) => Token
  /** The action that a token is in. */
  readonly placeOf: (token: Token) => Place
}

export function readerOf(template: string): Reader {
  const tokens = readTokens(template)
  const last = tokens[tokens.length - 1] ?? unexpected(undefined, 'input')
  let index = 0
  const peek = (ahead = 0) => tokens[index + ahead] ?? last
  const next = () => tokens[index++] ?? last
  return {
    peek,
    next,
    take: (type) => (peek().type === type ? next() : undefined),
    takeKeyword(keyword) {
      const word = tokens[index + 1]
      if (peek().type !== 'left' || word?.type !== 'word' || word.text !== keyword) return false
      index += 2
      return true
    },
    expect: (type, context) => (peek().type === type ? next() : unexpected(peek(), context)),
    placeOf(token) {
      const right = tokens.find(({ type, start }) => type === 'right' && start > token.start)
      return { line: token.line, source: template.slice(token.start, right?.end) }
    },
  }
}

/** Refuses a token. */
export function unexpected(token: Token | undefined, context: string): never {
  const text = token === undefined || token.type === 'end' ? 'EOF' : `"${token.text}"`
  throw new TemplateError(`unexpected ${text} in ${context}`)
}
