import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { styleText } from 'node:util'
import { describeCrash, startsCrash } from './crash.ts'
import { followFolder } from './follow-folder.ts'

/** The folder of this project. */
export const projectRoot = join(import.meta.dirname, '..', '..')

/**
 * Runs src/main.ts of the project in the folder, and again whenever a file below src was saved. When it
 * crashes, one message says where, and it waits for the next save. Resolves when the program ends with 0, and
 * after SIGINT, SIGTERM or SIGHUP.
 */
export async function serveSources(args: readonly string[], root = projectRoot): Promise<void> {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => stop.abort())
  const stopped = once(stop.signal, 'abort').then(() => undefined)
  const nextSave = followFolder(join(root, 'src'))
  for (;;) {
    const saved = nextSave()
    const extension = start(args, root)
    const end = await Promise.race([extension.ended, saved, stopped])
    await extension.stop()
    if (typeof end === 'object') {
      if (end.code === 0) return
      const crash = describeCrash(end.crash, root)
      if (crash !== '') say(crash)
      say('The extension does not run. Mend the source and save: it starts again.')
    }
    const file = await Promise.race([saved, stopped])
    if (file === undefined) return
    say(`${join('src', file)} was saved: starting again`)
  }
}

function start(args: readonly string[], root: string) {
  const child = spawn(process.execPath, ['src/main.ts', ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  const crash: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (crash.length > 0 || startsCrash(line)) crash.push(line)
    else if (line !== '') process.stderr.write(`${line}\n`)
  })
  const ended = once(child, 'close').then(([code]: unknown[]) => ({ code, crash }))
  return {
    ended,
    /** Lets running calls end for two seconds. */
    async stop() {
      child.kill('SIGINT')
      const timer = setTimeout(() => child.kill('SIGKILL'), 2000)
      await ended
      clearTimeout(timer)
    },
  }
}

function say(text: string): void {
  process.stderr.write(`${styleText('yellow', text, { stream: process.stderr })}\n`)
}

if (import.meta.main) {
  await serveSources(process.argv.slice(2))
  process.exit()
}
