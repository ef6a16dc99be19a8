import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Recording } from './recording.ts'

/** Writes a recording as JSON with one space of indentation; fields that nobody knows stay. */
export async function writeRecording(file: string, recording: Recording): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${JSON.stringify(recording, null, 1)}\n`)
}
