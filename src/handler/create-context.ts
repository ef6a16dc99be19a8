import * as v from 'valibot'
import { describeExpectation } from '../messages/describe-issue.ts'
import type { Context, Services, Settings } from './context.ts'
import type { Extension } from './extension.ts'

/** A setting of the ExtensionConfig is not what the extension needs. The message names it. */
export class SettingsError extends Error {
  override name = 'SettingsError'
}

/** Makes what a handler gets beside its request. Rejects with SettingsError, and as the `context` of the project does. */
export async function createContext(
  { settings: schema, context }: Omit<Extension, 'hooks'>,
  request: object,
  services: Omit<Services, 'settings'>,
): Promise<Context> {
  const sent = ('settings' in request && request.settings) || {}
  const all: Services = { ...services, settings: readSettings(schema, sent) }
  // The compiler knows of the project only what Register says of it.
  return { ...all, ...checkAdded((await context?.(all)) ?? {}, all) } as Context
}

/** What the `context` of the project adds: fields are copied, so that methods of a class would be lost. */
function checkAdded(added: object, services: Services): object {
  const prototype: unknown = Object.getPrototypeOf(added)
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError('context returned no plain object: put it into one, such as { quota }')
  const taken = Object.keys(added).find((name) => name === 'request' || name in services)
  if (taken === undefined) return added
  throw new TypeError(`context returned "${taken}", which every call has: give it another name`)
}

function readSettings(schema: v.GenericSchema | undefined, sent: object): Settings {
  if (!schema) return sent as Settings
  // A check that the author wrote may have a message of its own, which comes before this one.
  const options = { abortEarly: true, message: describeExpectation }
  const { success, output, issues } = parse(() => v.safeParse(schema, sent, options))
  if (success) return output as Settings
  const [issue] = issues
  const path = v.getDotPath(issue)
  const name = path === null ? 'spec.settings' : `spec.settings.${path}`
  throw new SettingsError(`${name} of the ExtensionConfig: ${issue.message}`)
}

/** A transformation such as JSON.parse throws for what it cannot read: a wrong setting, which no failurePolicy forgives. */
function parse<T>(run: () => T): T {
  try {
    return run()
  } catch (cause) {
    // The message of the cause may quote a secret.
    throw new SettingsError(
      'spec.settings of the ExtensionConfig: the schema of the extension cannot read them, see its log',
      { cause },
    )
  }
}
