import { createHash } from 'node:crypto'
import type { UpdateMachineRequest } from '../contract/in-place-update.ts'
import { isObject } from '../json/json.ts'

/**
 * Names an update in place: the same text for each call of UpdateMachine with these desired specs, another one for other
 * specs. A key of `state` that a Machine's next update must not find belongs behind it.
 *
 * @example
 * ```ts
 * export default defineHook(UpdateMachine, async ({ request, state, now }) => {
 *   const key = `started-${updateIdOf(request.desired)}`
 *   const started = await state(request.desired.machine).update<string>(key, (time) => time ?? now().toISOString())
 *   if (now().getTime() - Date.parse(started) > 60_000) return
 *   return { retryAfterSeconds: 10, message: 'Updating' }
 * })
 * ```
 */
export function updateIdOf(desired: UpdateMachineRequest['desired']): string {
  const { machine, infrastructureMachine, bootstrapConfig } = desired
  const specs = [machine.spec, infrastructureMachine['spec'], bootstrapConfig?.['spec']]
  // The order of fields says nothing.
  const text = JSON.stringify(specs, (_, value: unknown) =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
