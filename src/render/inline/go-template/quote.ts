const escapes: Record<string, string> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
}

/** A text in quotes as Go's `%q` prints it: strconv.Quote. */
export function quote(text: string, mark: '"' | "'" = '"'): string {
  const characters = [...text].map((character) => {
    if (character === mark) return `\\${mark}`
    if (escapes[character] !== undefined) return escapes[character]
    if (/[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(character)) return character
    const code = character.codePointAt(0) ?? 0
    const hex = (digits: number) => code.toString(16).padStart(digits, '0')
    if (code < 0x80) return `\\x${hex(2)}`
    return code < 0x10000 ? `\\u${hex(4)}` : `\\U${hex(8)}`
  })
  return mark + characters.join('') + mark
}
