import * as v from 'valibot'
import { message, settings, status, text, typeMeta } from './common.ts'
import { type HookContract, maxRetryAfterSeconds } from './contract.ts'
import type { NamedFields } from './named-fields.ts'

/** The fields that all requests have (CommonRequest in api/runtime/hooks/v1alpha1/common_types.go). */
export const commonRequest = { ...typeMeta, settings }

const responseFields = { apiVersion: v.optional(text), kind: v.optional(text), status, message }

/** Schema of a response, with the fields that all responses have, and no others. */
export const responseSchema = <const Entries extends v.ObjectEntries>(
  entries: Entries,
): v.StrictObjectSchema<typeof responseFields & Entries, undefined> =>
  v.strictObject({ ...responseFields, ...entries })

/** Schema of a response that has no fields of its own (CommonResponse in api/runtime/hooks/v1alpha1/common_types.go). */
export const commonResponse = responseSchema({})
/** A response that has no fields of its own. */
export interface CommonResponse extends NamedFields<typeof commonResponse> {}

/** Schema of a response that can hold the Cluster back (CommonRetryResponse, in the same file). */
export const commonRetryResponse = responseSchema({
  /** 0 when the Cluster may go on, else the seconds until the controller asks again. */
  retryAfterSeconds: v.pipe(
    v.number(),
    v.integer(),
    v.minValue(0),
    v.maxValue(maxRetryAfterSeconds),
  ),
})
/** A response that can hold the Cluster back. */
export interface CommonRetryResponse extends NamedFields<typeof commonRetryResponse> {}

/** Completes the contract of one hook. */
export function defineContract<Request extends object, Response extends object>(
  contract: Omit<HookContract<Request, Response>, 'blocking'> & {
    response: { entries: v.ObjectEntries }
  },
): HookContract<Request, Response> {
  return { ...contract, blocking: 'retryAfterSeconds' in contract.response.entries }
}
