import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { describeIssue } from '../messages/describe-issue.ts'
import { reasonOf, StartError } from '../messages/start-error.ts'
import { type Recording, recordingSchema } from './recording.ts'

/** A recording and the file that holds it. */
export interface RecordingFile {
  readonly file: string
  readonly recording: Recording
}

/**
 * The recordings of a folder, of all .json files below it in the order of their names, or of one file. Rejects with
 * StartError, which names the file and the path in it, when one is no recording.
 */
export async function readRecordings(path: string): Promise<RecordingFile[]> {
  const recordings: RecordingFile[] = []
  for (const file of await listFiles(path))
    recordings.push({ file, recording: await readRecording(file) })
  return recordings
}

async function listFiles(path: string): Promise<string[]> {
  const found = await stat(path).catch((error: unknown) => {
    throw new StartError(`cannot read recordings of ${path}: ${reasonOf(error)}`)
  })
  if (!found.isDirectory()) return [path]
  const names = await readdir(path, { recursive: true })
  return names
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => join(path, name))
}

async function readRecording(file: string): Promise<Recording> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new StartError(`cannot read ${file}: ${reasonOf(error)}`)
  })
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new StartError(`${file} is no recording: ${reasonOf(error)}`)
  }
  const { success, issues } = v.safeParse(recordingSchema, json, { abortEarly: true })
  if (!success) throw new StartError(`${file} is no recording: ${describeIssue(issues[0])}`)
  // What was read, and not what the schema makes of it: unknown fields stay when it is written again.
  return json as Recording
}
