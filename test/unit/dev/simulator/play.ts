import { createClient } from '../../../../src/dev/simulator/client.ts'
import type { CallEvent, SimulationEvent } from '../../../../src/dev/simulator/events.ts'
import {
  type SimulationOptions,
  simulateCluster,
} from '../../../../src/dev/simulator/scenario/simulate-cluster.ts'
import { type Answer, startFakeExtension } from './fake-extension.ts'

/** Plays the scenario against a fake extension, in simulated time: a call takes 1 ms unless given. */
export async function play(
  answers: Readonly<Record<string, Answer>> = {},
  { milliseconds = 1, ...options }: Partial<SimulationOptions> & { milliseconds?: number } = {},
) {
  const extension = await startFakeExtension(answers)
  const client = createClient({ ...extension, settings: { extensionConfigName: 'fake' } })
  const events: SimulationEvent[] = []
  let slept = 0
  try {
    const summary = await simulateCluster({
      url: extension.url,
      client: {
        ...client,
        call: async (...args) => ({ ...(await client.call(...args)), milliseconds }),
      },
      emit: (event) => events.push(event),
      clock: {
        now: () => slept * 1000,
        sleep: async (seconds) => {
          slept += seconds
        },
      },
      extensionConfigName: 'fake',
      from: 'v1.34.0',
      to: 'v1.36.4',
      maxBlockSeconds: 60,
      ...options,
    })
    return { summary, events, received: extension.received, slept }
  } finally {
    client.close()
    extension.close()
  }
}

/** The calls of a run, without those that were only made to see whether the answer holds. */
export function callsOf(events: readonly SimulationEvent[]): CallEvent[] {
  return events.filter((event): event is CallEvent => event.event === 'call' && !event.again)
}
