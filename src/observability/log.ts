import { type DestinationStream, type Logger, pino } from 'pino'
import { isObject, objectAt } from '../json/json.ts'

/** A structured logger: fields first, then a message. */
export type Log = Logger

/**
 * Standard output: one JSON object a line, or readable lines in a terminal unless JSON is asked for. The
 * bundle only has JSON: it runs where no terminal is.
 */
export async function logStream(json: boolean): Promise<DestinationStream> {
  if (process.env['NODE_ENV'] !== 'production' && !json && process.stdout.isTTY) {
    const { default: pretty } = await import('pino-pretty')
    const singleLine = { hideObject: true, sync: true }
    return pretty({ ...singleLine, translateTime: 'SYS:HH:MM:ss.l', messageFormat: readable })
  }
  return pino.destination({ sync: true })
}

/**
 * A logger of JSON objects.
 *
 * @param verbosity As -v of Kubernetes programs: 0 to 3 is info, 4 debug, above it trace.
 */
export function createLog(verbosity: number, stream: DestinationStream): Log {
  const level = verbosity >= 5 ? 'trace' : verbosity === 4 ? 'debug' : 'info'
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  return pino({ ...options, formatters: { level: (label) => ({ level: label }) } }, stream)
}

function readable(line: Record<string, unknown>, messageKey: string): string {
  const hidden = new Set([messageKey, 'level', 'time', 'err', 'hook'])
  const fields = Object.entries(line).filter(([key]) => !hidden.has(key))
  const text = [line[messageKey], ...fields.map(([key, value]) => `${key}=${short(value)}`)].join(
    ' ',
  )
  const reason = objectAt(line, ['err'])?.['stack'] ?? loggedReason(line['err'])
  return reason === undefined ? text : `${text}\n    ${reason}`
}

/** What the field `err` of a log line says, for a line of text; handlers may throw what is no Error. */
export function loggedReason(err: unknown): string | undefined {
  if (err === undefined) return undefined
  return isObject(err) ? String(err['message'] ?? JSON.stringify(err)) : String(err)
}

function short(value: unknown): string {
  if (!isObject(value))
    return typeof value === 'string' && /\s/.test(value) ? JSON.stringify(value) : String(value)
  return [value['namespace'], value['name']].filter((part) => part !== undefined).join('/')
}
