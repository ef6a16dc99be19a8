import { ApiException } from '@kubernetes/client-node'
import { isObject, type JsonObject } from '../../json/json.ts'
import { StartError } from '../../messages/start-error.ts'

/** Why the API server refused, in one line. */
export function describeApiError(error: unknown): string {
  if (error instanceof ApiException) {
    const { message } = parse(error.body)
    return typeof message === 'string' ? message : `the API server answered ${error.code}`
  }
  return error instanceof Error ? error.message : String(error)
}

/** What went wrong; where in the code only for what can be nothing but a bug. */
export function describeError(error: unknown): string {
  const bug =
    error instanceof Error &&
    error.constructor !== Error &&
    !(error instanceof StartError) &&
    !(error instanceof ApiException)
  return (bug && error.stack) || describeApiError(error)
}

function parse(body: unknown): JsonObject {
  try {
    const status: unknown = typeof body === 'string' ? JSON.parse(body) : body
    return isObject(status) ? status : {}
  } catch {
    return {}
  }
}
