import type { HookContract } from '../../contract/contract.ts'
import { contracts } from '../../contract/index.ts'
import type { JsonObject } from '../../json/json.ts'
import type { Recording } from '../../recording/recording.ts'

/** An answer, or one sentence that says why there is none. */
export type Answered = { readonly answer: JsonObject } | { readonly problem: string }

/** The part of a recording that is answered. */
export type RecordedCall = Pick<Recording, 'hook' | 'url' | 'request' | 'objects'>

/** Something that answers recorded requests: sources, a server, the recordings themselves. */
export interface Answerer {
  /** For messages: `the recorded answers`. */
  readonly name: string
  /** Never rejects. */
  answer(call: RecordedCall): Promise<Answered>
  /** The name of its handler for a hook; undefined when it serves none, or nobody knows. */
  handlerOf(hook: string): Promise<string | undefined>
  close(): Promise<void>
}

/** Answers as was recorded. */
export const recordedAnswers: Pick<Answerer, 'name'> & {
  answer(recording: Recording): Promise<Answered>
} = {
  name: 'the recorded answers',
  async answer({ response, accepted = response }) {
    const { status, body } = accepted
    return status === 200
      ? { answer: body }
      : { problem: `the recorded answer has the HTTP status ${status}` }
  },
}

/** The contract of a recorded call; undefined for a hook that this version does not know. */
export function contractOf({ hook }: Pick<Recording, 'hook'>): HookContract | undefined {
  return contracts.find((contract) => contract.hook.toLowerCase() === hook.toLowerCase())
}
