import { stripVTControlCharacters } from 'node:util'

/** A stream such as process.stdout. */
export interface TerminalStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean
  /** Width of the terminal; 120 is taken for what is none. */
  readonly columns?: number
}

/**
 * Puts words behind a line, and on further lines where they do not fit: two spaces between parts, one
 * between words.
 */
export function wrap(
  start: string,
  parts: readonly string[],
  { columns = 120 }: TerminalStream,
): string[] {
  const lines = [start]
  for (const part of parts.filter((text) => text !== ''))
    for (const [index, word] of part.split(' ').entries()) {
      const longer = `${lines.at(-1)}${index === 0 ? '  ' : ' '}${word}`
      if (stripVTControlCharacters(longer).length <= columns) lines[lines.length - 1] = longer
      else lines.push(`${' '.repeat(10)}${word}`)
    }
  return lines
}

/** Breaks a text at spaces; every line begins with the indent. */
export function breakLines(text: string, width: number, before: string): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    const longer = `${last} ${word}`
    const fits = last !== undefined && stripVTControlCharacters(longer).length <= width
    if (fits) lines[lines.length - 1] = longer
    else lines.push(`${before}${word}`)
  }
  return lines
}
