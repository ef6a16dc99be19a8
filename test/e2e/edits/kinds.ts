import type { Resource } from '../../../src/dev/sandbox/objects.ts'
import { answerKinds } from './answer-kinds.ts'
import type { Change, Edited } from './edited.ts'
import { objectKinds } from './object-kinds.ts'
import type { Random } from './random.ts'

/** What an edit is made from. */
export interface Scene {
  readonly random: Random
  readonly cluster: Edited
  readonly objects: readonly Resource[]
  /** The templates of the user in all their versions. */
  readonly templates: readonly Resource[]
  /** Of the edit, for new names. */
  readonly number: number
}

/** An edit before it is made. */
export interface Edit extends Change {
  /** In a few words, for the table. */
  readonly what: string
}

/** A kind of edit: makes one for a Cluster; undefined where it does not fit. */
export type Kind = (scene: Scene) => Edit | undefined

/** All kinds by their names. */
export const kinds: Readonly<Record<string, Kind>> = { ...answerKinds, ...objectKinds }
