import { defineHook } from 'capi-extension'
import { UpdateMachine } from 'capi-extension/hooks'
import { updateIdOf } from 'capi-extension/in-place-update'

/** Starts a job of the node's agent once for each desired state, and asks for it until it is done. */
export default defineHook(UpdateMachine, async ({ request, state, agent }) => {
  const { machine, bootstrapConfig } = request.desired
  const files = Object(bootstrapConfig?.['spec']).files ?? []
  const id = await state(machine).once(
    `job-${updateIdOf(request.desired)}`,
    async (idempotencyKey) => {
      await agent.start(machine, idempotencyKey, files)
      return idempotencyKey
    },
  )
  const phase = await agent.phaseOf(machine, id)
  if (phase === 'Failed') return { status: 'Failure', message: `Job ${id} of the agent failed` }
  if (phase === 'Running') return { retryAfterSeconds: 30, message: 'The agent writes the files' }
  return
})
