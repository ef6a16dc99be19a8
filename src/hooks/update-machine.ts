import { UpdateMachine } from '../contract/in-place-update.ts'
import { defineHook } from '../handler/hook.ts'

const defaultSeconds = 15

/**
 * Updates nothing and says so after a while: the setting inPlaceUpdateSeconds, 15 unless given. The progress
 * is kept in the store, so that every replica tells the same, also after a restart.
 */
export default defineHook(UpdateMachine, async (call) => {
  const { request, store } = call
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

  const elapsed = await store.secondsSinceStart(call)
  if (typeof elapsed !== 'number') return elapsed
  if (elapsed < seconds) {
    const retryAfterSeconds = Math.max(1, Math.min(5, Math.ceil(seconds)))
    return { retryAfterSeconds, message: 'Extension is updating Machine' }
  }
  const failure = await store.finish(call)
  return failure ?? { status: 'Success', message: 'Extension completed updating Machine' }
})
