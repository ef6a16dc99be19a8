export type TokenType =
  | 'text'
  | 'left'
  | 'right'
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

const patterns: [TokenType | 'space', RegExp][] = [
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

/** The token at a place within an action; undefined when Go knows none. */
export function tokenAt(
  template: string,
  position: number,
): { type: TokenType | 'space'; text: string } | undefined {
  for (const [type, pattern] of patterns) {
    pattern.lastIndex = position
    const text = pattern.exec(template)?.[0]
    if (text) return { type, text }
  }
  return undefined
}
