import { pino } from 'pino'
import * as v from 'valibot'
import type { Answer } from '../handler/answer.ts'
import type { Added, Context, Register, Services, Settings } from '../handler/context.ts'
import type { Hook } from '../handler/hook.ts'
import { memoryApi } from '../kubernetes/memory-api.ts'
import { memoryState } from '../kubernetes/memory-state.ts'
import { describeIssue } from '../messages/describe-issue.ts'
import { rememberRequest } from './answered-request.ts'

/**
 * What the handler gets in place of the defaults: no settings but those of the request, an empty management cluster, a
 * silent log, the time of the machine. What the project registers (see Register) has no default.
 *
 * @example
 * ```ts
 * const options: CallOptions = { api: memoryApi([secret]), now: () => new Date('2026-01-01T00:00:00Z') }
 * ```
 */
export type CallOptions = Partial<Omit<Services, 'settings'>> &
  (Register extends { settings: unknown } ? { settings: Settings } : { settings?: Settings }) &
  (Register extends { context: unknown } ? Added : unknown)

type Arguments = object extends CallOptions ? [options?: CallOptions] : [options: CallOptions]

/**
 * Calls the handler of a hook with a request, without HTTP: the answer as it would go over the wire. Rejects when the
 * request is none of the hook (TypeError), when the handler throws, and when it answers against the contract (AnswerError).
 *
 * @example
 * ```ts
 * const request = requestOf(BeforeClusterCreate, { cluster: clusterOf({ namespace: 'team-a' }) })
 * const answer = await callHook(beforeClusterCreate, request, { now: () => new Date('2026-01-01T00:00:00Z') })
 * expect(answer).toMatchObject({ status: 'Success', retryAfterSeconds: 30 })
 * ```
 */
export async function callHook(
  hook: Hook,
  request: object,
  ...[options]: Arguments
): Promise<Answer> {
  const defaults = { ...defaultServices(options?.now), settings: settingsOf(request) }
  // The compiler knows of the project only what Register says of it.
  return runHook(hook, request, { ...defaults, ...options } as Context)
}

/** Calls a handler with a request and all that it gets beside it. Rejects as callHook does. */
export async function runHook(hook: Hook, request: object, context: Context): Promise<Answer> {
  const { success, issues } = v.safeParse(hook.contract.request, request, { abortEarly: true })
  if (!success)
    throw new TypeError(`this is no ${hook.contract.hook}Request: ${describeIssue(issues[0])}`)
  return rememberRequest(await hook.run(request, context), request)
}

/** What a handler gets in a test that gives nothing else. */
export function defaultServices(now = () => new Date()): Omit<Services, 'settings'> {
  return {
    log: pino({ level: 'silent' }),
    signal: new AbortController().signal,
    api: memoryApi(),
    state: memoryState(now),
    now,
  }
}

function settingsOf(request: object): object {
  return ('settings' in request && request.settings) || {}
}
