import type { RecordingFile } from '../../recording/read-recordings.ts'
import { writeRecording } from '../../recording/write-recording.ts'
import type { GuardReport } from './run-guard.ts'

/**
 * Writes the new answers into the recordings that show a difference, and gives their files. A recording that keeps the
 * answer of another extension beside the one that was accepted keeps it.
 */
export async function acceptAnswers(
  recordings: readonly RecordingFile[],
  { results, answers }: Pick<GuardReport, 'results' | 'answers'>,
): Promise<string[]> {
  const different = new Set(
    results
      .filter(({ verdict, notes = [] }) => verdict !== 'nothing' || notes.length > 0)
      .flatMap((result) => result.recordings),
  )
  const refused = new Set(
    results.filter(({ verdict }) => verdict === 'error').flatMap((result) => result.recordings),
  )
  const written: string[] = []
  for (const { file, recording } of recordings) {
    const body = answers.get(file)
    if (!body || !different.has(file) || refused.has(file)) continue
    const field = recording.accepted ? 'accepted' : 'response'
    await writeRecording(file, { ...recording, [field]: { status: 200, body } })
    written.push(file)
  }
  return written
}
