import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isObject } from '../json/json.ts'
import type { RecordedAnswer, Recording } from './recording.ts'

/**
 * Writes a recording as JSON with one space of indentation, always the same for the same recording. An answer with
 * patches has them a second time in `readable`, as JSON for reviewers. Fields that nobody knows stay.
 */
export async function writeRecording(file: string, recording: Recording): Promise<void> {
  const { response, accepted } = recording
  const readable = {
    ...recording,
    response: withReadable(response),
    ...(accepted && { accepted: withReadable(accepted) }),
  }
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${JSON.stringify(readable, null, 1)}\n`)
}

function withReadable({ status, body }: RecordedAnswer) {
  const readable = decoded(body)
  return { status, body, ...(JSON.stringify(readable) !== JSON.stringify(body) && { readable }) }
}

/** The same with the patches decoded. */
function decoded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decoded)
  if (!isObject(value)) return value
  const { patchType, patch } = value
  if (typeof patchType === 'string' && typeof patch === 'string')
    return { ...value, patch: decodePatch(patch) }
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, decoded(child)]))
}

function decodePatch(patch: string): unknown {
  try {
    return JSON.parse(Buffer.from(patch, 'base64').toString('utf8'))
  } catch {
    return patch
  }
}
