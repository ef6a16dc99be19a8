import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { describeCrash, startsCrash } from './crash.ts'
import { imageFlags } from './image-flags.ts'

/** The folder of this project. */
export const projectRoot = join(import.meta.dirname, '..', '..')

/** A program that was started. */
export type Program = ReturnType<typeof startProgram>

/**
 * Starts a program from the sources of a project, with the flags of the image. What it writes to its standard
 * error is printed, except for an exception that ends it.
 *
 * @param stdout `inherit` for the terminal of this process or `pipe`.
 */
export function startProgram(
  file: string,
  args: readonly string[],
  { root = projectRoot, stdout }: { root?: string; stdout: 'inherit' | 'pipe' },
) {
  const child = spawn(process.execPath, [...imageFlags(), file, ...args], {
    cwd: root,
    stdio: ['ignore', stdout, 'pipe'],
  })
  const crash: string[] = []
  const { stderr } = child
  if (stderr)
    createInterface({ input: stderr }).on('line', (line) => {
      if (crash.length > 0 || startsCrash(line)) crash.push(line)
      else if (line !== '') process.stderr.write(`${line}\n`)
    })
  /** Its exit code, and the description of the exception that ended it. */
  const ended = once(child, 'close').then(([code]: unknown[]) => ({
    code,
    crash: describeCrash(crash, root),
  }))
  return { child, ended }
}
