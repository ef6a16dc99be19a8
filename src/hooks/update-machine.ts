import { defineHook } from 'capi-extension'
import { UpdateMachine } from 'capi-extension/hooks'
import { updateIdOf } from 'capi-extension/in-place-update'

const defaultSeconds = 15

/**
 * Updates nothing and says so after a while: the setting inPlaceUpdateSeconds, 15 unless given. When it began is in the
 * state of the Machine, so that every replica tells the same, also after a restart.
 */
export default defineHook(UpdateMachine, async ({ request, state, now }) => {
  const { disableInPlaceUpdates, inPlaceUpdateSeconds } = request.settings ?? {}
  if (disableInPlaceUpdates === 'true')
    return {
      status: 'Failure',
      message: 'UpdateMachine was called, but the setting disableInPlaceUpdates is "true"',
    }
  const seconds = Number(inPlaceUpdateSeconds ?? defaultSeconds)
  if (!Number.isFinite(seconds) || seconds < 0)
    return {
      status: 'Failure',
      message: 'the setting inPlaceUpdateSeconds is not a number of seconds',
    }

  const progress = state(request.desired.machine)
  const key = `started-${updateIdOf(request.desired)}`
  const started = await progress.update<string>(key, (standing) => standing ?? now().toISOString())
  const elapsedSeconds = (now().getTime() - Date.parse(started)) / 1000
  if (elapsedSeconds < seconds) {
    const retryAfterSeconds = Math.max(1, Math.min(5, Math.ceil(seconds)))
    return { retryAfterSeconds, message: 'Extension is updating Machine' }
  }
  await progress.update(key, () => undefined)
  return { status: 'Success', message: 'Extension completed updating Machine' }
})
