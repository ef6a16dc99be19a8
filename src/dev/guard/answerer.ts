import type { HookContract } from '../../contract/contract.ts'
import { contracts } from '../../contract/index.ts'
import type { JsonObject } from '../../json/json.ts'
import type { Recording } from '../../recording/recording.ts'

/** An answer, or one sentence that says why there is none. */
export type Answered = { readonly answer: JsonObject } | { readonly problem: string }

/** Something that answers recorded requests: sources, a server, the recordings themselves. */
export interface Answerer {
  /** For messages: `the recorded answers`. */
  readonly name: string
  /** Never rejects. */
  answer(recording: Recording): Promise<Answered>
  close(): Promise<void>
}

/** Answers as was recorded. */
export const recordedAnswers: Answerer = {
  name: 'the recorded answers',
  async answer({ response, accepted = response }) {
    const { status, body } = accepted
    return status === 200
      ? { answer: body }
      : { problem: `the recorded answer has the HTTP status ${status}` }
  },
  async close() {},
}

/** The contract of a recorded call; undefined for a hook that this version does not know. */
export function contractOf({ hook }: Pick<Recording, 'hook'>): HookContract | undefined {
  return contracts.find((contract) => contract.hook.toLowerCase() === hook.toLowerCase())
}
