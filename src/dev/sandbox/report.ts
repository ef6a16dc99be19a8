import { stripVTControlCharacters, styleText } from 'node:util'

/** Tells a person what happens. */
export interface Report {
  /** A line that stays; parts that do not fit behind its start go on in further lines. */
  line(start: string, ...parts: string[]): void
  /** The last line, until the next: only a terminal shows it. */
  status(text: string): void
}

/** Says nothing. */
export const silent: Report = { line: () => {}, status: () => {} }

/** A stream such as process.stdout. */
export interface ReportStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean
  /** Width of the terminal. */
  readonly columns?: number
}

/** Prints to a stream; the status stays below the lines. */
export function createReport(stream: ReportStream): Report {
  let shown = ''
  const clear = '\r\u001b[K'
  return {
    line(start, ...parts) {
      const text = wrap(start, parts, stream).join('\n')
      if (stream.isTTY) stream.write(`${clear}${text}\n${shown}`)
      else stream.write(`${text}\n`)
    },
    status(text) {
      if (!stream.isTTY) return
      // A longer one would wrap, and the next could not take its place.
      shown = styleText('dim', text.slice(0, (stream.columns ?? 80) - 1), { stream })
      stream.write(`${clear}${shown}`)
    },
  }
}

/**
 * Puts words behind a line, and on further lines where they do not fit: two spaces between parts, one
 * between words.
 */
export function wrap(
  start: string,
  parts: readonly string[],
  { columns = 120 }: ReportStream,
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
