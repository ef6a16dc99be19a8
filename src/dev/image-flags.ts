import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'

const dockerfile = join(import.meta.dirname, '..', '..', 'Dockerfile')
const commandSchema = v.array(v.string())

/**
 * Node's flags of the ENTRYPOINT in the Dockerfile. With them the sources are forbidden what the image is, such
 * as to start a process or to write a file.
 */
export function imageFlags(): string[] {
  const [, command = '[]'] =
    /^ENTRYPOINT (\[[^\]]*\])/m.exec(readFileSync(dockerfile, 'utf8')) ?? []
  return v.parse(commandSchema, JSON.parse(command.replaceAll('\\\n', ''))).slice(1, -1)
}
