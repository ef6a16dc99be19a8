import { styleText } from 'node:util'
import { type TerminalStream, wrap } from '../terminal.ts'

/** Tells a person what happens. */
export interface Report {
  /** A line that stays; parts that do not fit behind its start go on in further lines. */
  line(start: string, ...parts: string[]): void
  /** The last line, until the next: only a terminal shows it. */
  status(text: string): void
}

/** Says nothing. */
export const silent: Report = { line: () => {}, status: () => {} }

/** Prints to a stream; the status stays below the lines. */
export function createReport(stream: TerminalStream): Report {
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
