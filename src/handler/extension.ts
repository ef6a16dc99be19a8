import * as v from 'valibot'
import { describeExpectation } from '../messages/describe-issue.ts'
import type { Context, Services, Settings } from './context.ts'
import type { Hook } from './hook.ts'

/** What a project is made of. */
export interface Extension {
  readonly hooks: readonly Hook[]
  /** Schema of `spec.settings`: texts by name. A setting that does not fit is a Failure, and no handler runs. */
  readonly settings?: v.GenericSchema
  /** Makes what handlers get beside the services, anew for each call. */
  readonly context?: (services: Services) => object | Promise<object>
}

/** A setting of the ExtensionConfig is not what the extension needs. The message names it. */
export class SettingsError extends Error {
  override name = 'SettingsError'
}

/** What the handlers of an extension get with one call. Rejects with SettingsError, and as `context` does. */
export async function contextOf(
  { settings: schema, context }: Omit<Extension, 'hooks'>,
  request: object,
  services: Omit<Services, 'settings'>,
): Promise<Context> {
  const sent = ('settings' in request && request.settings) || {}
  const all: Services = { ...services, settings: readSettings(schema, sent) }
  // The compiler knows of the project only what Register says of it.
  return { ...all, ...(await context?.(all)) } as Context
}

function readSettings(schema: v.GenericSchema | undefined, sent: object): Settings {
  if (!schema) return sent as Settings
  // A check of the author may have a message of its own.
  const options = { abortEarly: true, message: describeExpectation }
  const { success, output, issues } = v.safeParse(schema, sent, options)
  if (success) return output as Settings
  const [issue] = issues
  const name = v.getDotPath(issue)
  throw new SettingsError(
    `spec.settings${name === null ? '' : `.${name}`} of the ExtensionConfig: ${issue.message}`,
  )
}
