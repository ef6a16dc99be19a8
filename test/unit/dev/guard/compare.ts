import type { HookContract } from '../../../../src/contract/contract.ts'
import { compareOf } from '../../../../src/dev/guard/compare/index.ts'
import type { Effect } from '../../../../src/dev/guard/result.ts'
import type { JsonObject } from '../../../../src/json/json.ts'
import type { RecordingFile } from '../../../../src/recording/read-recordings.ts'

/** What it does when one answer takes the place of another; both are a Success unless they say otherwise. */
export async function compare(
  contract: HookContract,
  request: object,
  before: object,
  after: object,
  recordings: readonly RecordingFile[] = [],
): Promise<readonly Effect[]> {
  const run = compareOf(contract)
  if (!run) throw new Error(`${contract.hook} is not compared`)
  const answer = (fields: object) => json({ status: 'Success', ...fields })
  const pair = { request: json(request), before: answer(before), after: answer(after) }
  return run(pair, {}, recordings)
}

/** A recorded request of a hook; what was answered does not count. */
export const recorded = (hook: string, request: object): RecordingFile => ({
  file: `${hook}.json`,
  recording: {
    hook,
    url: `/hooks.runtime.cluster.x-k8s.io/v1alpha1/${hook}/handler`,
    request: json(request),
    response: { status: 200, body: {} },
  },
})

/** As it goes over the wire. */
export const json = (value: object): JsonObject => JSON.parse(JSON.stringify(value))
