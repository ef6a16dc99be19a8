import { parseDuration } from '../contract/duration.ts'
import { StartError } from '../messages/start-error.ts'
import type { Address } from './config.ts'

// Reads the value of one flag. Each function throws StartError with the name of the flag.

/** The host and port in `host:port`, `:port` or `[IPv6]:port`. */
export function readAddress(name: string, address: string): Address {
  const match = /^(?:\[(.*)\]|([^:]*)):(\d+)$/.exec(address)
  if (!match) throw new StartError(`flag --${name}: "${address}" is not host:port, such as :9440`)
  return { host: match[1] ?? match[2] ?? '', port: checkPort(name, Number(match[3])) }
}

/** Milliseconds of a duration of at most 24 hours. */
export function readDuration(name: string, text: string): number {
  const milliseconds = parseDuration(text)
  if (milliseconds === undefined)
    throw new StartError(`flag --${name}: "${text}" is not a duration, such as 5s`)
  // A timer of Node that is to run for more than 24 days ends at once.
  if (milliseconds <= 24 * 3_600_000) return milliseconds
  throw new StartError(`flag --${name}: "${text}" is longer than 24h`)
}

/** The port, which may be 0. */
export function checkPort(name: string, port: number): number {
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new StartError(`flag --${name}: ${port} is not a port, 0 to 65535`)
}

/** The option that a value names. */
export function oneOf<T>(name: string, value: string, options: Readonly<Record<string, T>>): T {
  const option = Object.hasOwn(options, value) ? options[value] : undefined
  if (option !== undefined) return option
  throw new StartError(`flag --${name}: "${value}" is none of ${Object.keys(options).join(', ')}`)
}
