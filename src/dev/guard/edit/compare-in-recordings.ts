import { stat } from 'node:fs/promises'
import { readRecordings } from '../../../recording/read-recordings.ts'
import type { Answerer } from '../answerer.ts'
import type { Effect } from '../result.ts'
import { runGuard } from '../run-guard.ts'

/** What an edit does to the Clusters of recordings; nothing where there are none. */
export async function compareInRecordings(
  path: string,
  before: Answerer,
  after: Answerer,
): Promise<readonly Effect[]> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  )
  if (!isThere) return []
  const recordings = await readRecordings(path)
  const { results } = await runGuard({ recordings, before, after })
  const known = new Map(recordings.map(({ file, recording }) => [file, recording]))
  const isNew = await Promise.all(
    results.map(async ({ verdict, recordings: [file = ''], reason }) => {
      const recording = known.get(file)
      if (!recording || reason === undefined) return true
      const had = await before.answer(recording)
      // It did not answer before either: the same is no news, and what it answers now has nothing to be compared with.
      return !('problem' in had) || (verdict === 'error' && had.problem !== reason)
    }),
  )
  return results.filter((_, index) => isNew[index])
}
