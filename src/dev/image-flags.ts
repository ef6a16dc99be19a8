import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import * as v from 'valibot'

const commandSchema = v.array(v.string())

/**
 * Node's flags of the ENTRYPOINT in the Dockerfile of a project; none without that file. With them the sources are
 * forbidden what the image is, such as to start a process or to write a file.
 */
export function imageFlags(root: string): string[] {
  const dockerfile = join(root, 'Dockerfile')
  if (!existsSync(dockerfile)) return []
  // The last one counts.
  const found = [...readFileSync(dockerfile, 'utf8').matchAll(/^ENTRYPOINT (\[[^\]]*\])/gm)].at(-1)
  const command = v.parse(commandSchema, JSON.parse((found?.[1] ?? '[]').replaceAll('\\\n', '')))
  return command.slice(1, -1).filter((flag) => flag.startsWith('--') && !isForeign(flag))
}

// A right that this Node does not know is one that it does not take away: --allow-net came after Node 24.
function isForeign(flag: string): boolean {
  const [name = ''] = flag.split('=')
  return name.startsWith('--allow-') && !process.allowedNodeEnvironmentFlags.has(name)
}
