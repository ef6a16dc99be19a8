import { join } from 'node:path'
import { reasonOf, StartError } from '../../messages/start-error.ts'
import type { StoredObject } from '../../recording/recording.ts'
import { writeRecording } from '../../recording/write-recording.ts'
import type { RenderedCall } from './extensions.ts'

/** Writes a recording of each call that was answered, and gives the files. Rejects with StartError. */
export async function saveCalls(
  folder: string,
  cluster: string,
  calls: readonly RenderedCall[],
  objects: readonly StoredObject[],
): Promise<string[]> {
  const files: string[] = []
  for (const { hook, url, request, answer, patch } of calls) {
    if (answer === undefined) continue
    const name = [...cluster.split('/'), hookNames[hook] ?? hook, patch].join('-')
    const file = join(folder, `${name.replaceAll(/[^\w.-]/g, '-')}.json`)
    const response = { status: 200, body: answer }
    await writeRecording(file, { hook, url, patch, request, response, objects }).catch(
      (error: unknown) => {
        throw new StartError(`${file} cannot be written: ${reasonOf(error)}`)
      },
    )
    files.push(file)
  }
  return files
}

const hookNames: Readonly<Record<string, string>> = {
  discovervariables: 'discover-variables',
  generatepatches: 'generate-patches',
  validatetopology: 'validate-topology',
}
