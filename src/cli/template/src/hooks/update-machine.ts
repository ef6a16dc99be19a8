import { defineHook } from 'capi-extension'
import { UpdateMachine } from 'capi-extension/hooks'
import { updateIdOf } from 'capi-extension/in-place-update'

/**
 * Updates a Machine in place: called again and again until it answers without retryAfterSeconds. It is not called
 * while updatable.ts names nothing.
 */
export default defineHook(UpdateMachine, async ({ request, state, now }) => {
  const key = `started-${updateIdOf(request.desired)}`
  const progress = state(request.desired.machine)
  const started = await progress.update<string>(key, (time) => time ?? now().toISOString())
  return { status: 'Failure', message: `Nothing updates this Machine, asked since ${started}` }
})
