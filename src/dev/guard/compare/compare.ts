import type { JsonObject } from '../../../json/json.ts'
import type { RecordingFile } from '../../../recording/read-recordings.ts'
import type { Knowledge } from '../../../rollout/verdict.ts'
import type { Effect } from '../result.ts'

/** One request and two answers to it. */
export interface AnswerPair {
  readonly request: JsonObject
  readonly before: JsonObject
  readonly after: JsonObject
}

/** Says what it does when one answer takes the place of another: nothing, or an effect for each part of a Cluster. */
export type Compare = (
  pair: AnswerPair,
  knowledge: Knowledge,
  recordings: readonly RecordingFile[],
) => readonly Effect[] | Promise<readonly Effect[]>
