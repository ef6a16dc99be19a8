import {
  type ApiClient,
  conditionOf,
  followObjects,
  oneLine,
  type Resource,
  type Selection,
} from './objects.ts'

/** What the controllers say of an error that they try again: a reason for each type of condition. */
const reasons = {
  Discovered: 'NotDiscovered',
  VariablesReady: 'VariableDiscoveryFailed',
  TopologyReconciled: 'ReconcileFailed',
  Updating: 'InPlaceUpdateFailed',
} as const

// Of an extension that starts again after an edit.
const passing = /connection refused|connection reset|EOF/

/** The error of an object that its controllers cannot mend; undefined when there is none. */
export function failureInConditions(resource: Resource): string | undefined {
  const { generation = 0, name } = resource.metadata ?? {}
  for (const [type, failed] of Object.entries(reasons)) {
    const { reason, message, observedGeneration } = conditionOf(resource, type)
    if (reason === failed && observedGeneration >= generation && !passing.test(message))
      return `${resource.kind} ${name}: ${oneLine(message)}`
  }
  return undefined
}

/**
 * Does the work, and rejects before it ends when an object is in an error for so many seconds, in which the
 * controllers try about ten times: that does not pass by waiting.
 */
export async function untilFailure<T>(
  client: ApiClient,
  selections: readonly Selection[],
  work: () => Promise<T>,
  seconds = 5,
): Promise<T> {
  const { promise: failed, reject } = Promise.withResolvers<never>()
  const stops = selections.map((selection) => {
    let failure: string | undefined
    let timer: NodeJS.Timeout | undefined
    const stop = followObjects(client, selection, (resources) => {
      failure = resources.map(failureInConditions).find((found) => found !== undefined)
      if (failure === undefined) {
        clearTimeout(timer)
        timer = undefined
      } else timer ??= setTimeout(() => reject(new Error(failure)), seconds * 1000)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  })
  try {
    return await Promise.race([work(), failed])
  } finally {
    for (const stop of stops) stop()
  }
}
