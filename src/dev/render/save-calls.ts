import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { apiVersion, handlerPath } from '../../contract/contract.ts'
import { Discovery } from '../../contract/discovery.ts'
import { equal } from '../../json/diff.ts'
import type { JsonObject } from '../../json/json.ts'
import { reasonOf, StartError } from '../../messages/start-error.ts'
import { readRecordings } from '../../recording/read-recordings.ts'
import type { Recording, StoredObject } from '../../recording/recording.ts'
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
    const [namespace = '', clusterName = ''] = cluster.split('/')
    const name = [clusterName, hookNames[hook] ?? hook, patch].join('-')
    // Names may contain hyphens: those of a/b-c and a-b/c would be the same in one folder.
    const file = join(folder, namespace, `${name.replaceAll(/[^\w.-]/g, '-')}.json`)
    const response = { status: 200, body: answer }
    await write(file, { hook, url, patch, request, response, objects })
    files.push(file)
  }
  return files
}

/** Writes a recording of Discovery, which is the same for all Clusters. Gives no file where the same is there. */
export async function saveDiscovery(folder: string, body: JsonObject): Promise<string[]> {
  const file = join(folder, 'discovery.json')
  const [found] = existsSync(file) ? await readRecordings(file) : []
  if (equal(found?.recording.response.body, body)) return []
  const { hook } = Discovery
  const request = { apiVersion, kind: `${hook}Request` }
  const response = { status: 200, body }
  await write(file, { hook: hook.toLowerCase(), url: handlerPath(Discovery), request, response })
  return [file]
}

async function write(file: string, recording: Recording): Promise<void> {
  await writeRecording(file, recording).catch((error: unknown) => {
    throw new StartError(`${file} cannot be written: ${reasonOf(error)}`)
  })
}

const hookNames: Readonly<Record<string, string>> = {
  discovervariables: 'discover-variables',
  generatepatches: 'generate-patches',
  validatetopology: 'validate-topology',
}
