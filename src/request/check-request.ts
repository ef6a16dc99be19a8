import * as v from 'valibot'
import type { HookContract } from '../contract/contract.ts'
import { describeIssue } from '../messages/describe-issue.ts'
import { unmarshalError } from './request-error.ts'

/** The request in the text of a body. Throws BodyError when it is not JSON, or not a request of the hook. */
export function checkRequest(contract: HookContract, text: string): object {
  const request = parseObject(text)
  const { success, issues } = v.safeParse(contract.request, request, { abortEarly: true })
  if (!success) throw unmarshalError(describeIssue(issues[0]))
  // What was sent, and not what the schema makes of it: loose objects drop keys such as __proto__.
  return request
}

/** The JSON object in a text; an empty one for `null`, which is how Go writes a request without fields. */
export function parseObject(text: string): object {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // The message of JSON.parse quotes the body, which belongs neither in a condition nor in the log.
    throw unmarshalError('the body is not JSON')
  }
  if (value === null) return {}
  if (typeof value !== 'object' || Array.isArray(value))
    throw unmarshalError('the body is not a JSON object')
  return value
}
