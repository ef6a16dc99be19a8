import { isObject, objectAt } from '../json/json.ts'

// The other fields are in the message, or shown by pino-pretty itself.
const hidden = new Set(['level', 'time', 'err', 'hook'])

/** A log line as text for a terminal: the message, its fields, and below them the reason of a failure. */
export function readableLine(line: Record<string, unknown>, messageKey: string): string {
  const fields = Object.entries(line)
    .filter(([key]) => key !== messageKey && !hidden.has(key))
    .map(([key, value]) => `${key}=${readableValue(value)}`)
  const text = [line[messageKey], ...fields].join(' ')
  const reason = objectAt(line, ['err'])?.['stack'] ?? loggedReason(line['err'])
  return reason === undefined ? text : `${text}\n    ${reason}`
}

/** What the field `err` of a log line says, as text; handlers may throw what is not an Error. */
export function loggedReason(err: unknown): string | undefined {
  if (err === undefined) return undefined
  return isObject(err) ? String(err['message'] ?? JSON.stringify(err)) : String(err)
}

/** The namespace and name of an object; of any other value its text, in quotes when it has spaces. */
function readableValue(value: unknown): string {
  if (isObject(value))
    return [value['namespace'], value['name']].filter((part) => part !== undefined).join('/')
  return typeof value === 'string' && /\s/.test(value) ? JSON.stringify(value) : String(value)
}
