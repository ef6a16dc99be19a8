import { type DestinationStream, type Logger, pino } from 'pino'
import { readableLine } from './readable-line.ts'

/**
 * A structured logger, which is one of pino: fields first, then a message. The `log` of a handler adds the hook, the
 * handler and the Cluster to each line.
 *
 * @example
 * ```ts
 * import { defineHook } from 'capi-extension'
 * import { BeforeClusterCreate } from 'capi-extension/hooks'
 *
 * export default defineHook(BeforeClusterCreate, ({ request, log }) => {
 *   log.info({ version: request.cluster.spec.topology?.version }, 'a Cluster is about to be created')
 * })
 * ```
 */
export type Log = Logger

/**
 * Standard output: readable lines in a terminal, unless JSON is asked for, else one JSON object a line. The bundle only
 * writes JSON, since it runs without a terminal.
 */
export async function logStream(json: boolean): Promise<DestinationStream> {
  if (process.env['NODE_ENV'] !== 'production' && !json && process.stdout.isTTY) {
    const { default: pretty } = await import('pino-pretty')
    const singleLine = { hideObject: true, sync: true }
    return pretty({ ...singleLine, translateTime: 'SYS:HH:MM:ss.l', messageFormat: readableLine })
  }
  return pino.destination({ sync: true })
}

/**
 * A logger of JSON objects.
 *
 * @param verbosity Like -v of Kubernetes programs: 0 to 3 is info, 4 is debug, 5 and more is trace.
 */
export function createLog(verbosity: number, stream: DestinationStream): Log {
  const level = verbosity >= 5 ? 'trace' : verbosity === 4 ? 'debug' : 'info'
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  return pino({ ...options, formatters: { level: (label) => ({ level: label }) } }, stream)
}
