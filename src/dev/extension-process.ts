import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { describeCrash, startsCrash } from './crash.ts'
import { imageFlags } from './image-flags.ts'

/** The process of an extension. */
export type ExtensionProcess = ReturnType<typeof startMain>

/**
 * Starts src/main.ts of the project in a folder, with the flags of its image. What it writes to its standard error is
 * printed, except for an exception that ends it.
 *
 * @param stdout `inherit` for the terminal of this process or `pipe`.
 * @param main Another file than src/main.ts, such as a bundle.
 */
export function startMain(
  root: string,
  args: readonly string[],
  stdout: 'inherit' | 'pipe',
  main = 'src/main.ts',
) {
  const child = spawn(process.execPath, [...imageFlags(root), main, ...args], {
    cwd: root,
    stdio: ['ignore', stdout, 'pipe'],
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  child.once('close', () => process.off('exit', kill))
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
