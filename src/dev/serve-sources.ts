import { once } from 'node:events'
import { join } from 'node:path'
import process from 'node:process'
import { styleText } from 'node:util'
import { type ExtensionProcess, startMain } from './extension-process.ts'
import { followFolder } from './follow-folder.ts'

/** This module as a program: it serves the project in its working directory, and hands its arguments on. */
export const program = import.meta.filename

/**
 * Runs src/main.ts of the project in the folder, and again whenever a file below src was saved. When it
 * crashes, one message says where, and it waits for the next save. Resolves when the program ends with 0, and
 * after SIGINT, SIGTERM or SIGHUP.
 */
export async function serveSources(args: readonly string[], root: string): Promise<void> {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => stop.abort())
  const stopped = once(stop.signal, 'abort').then(() => undefined)
  const nextSave = followFolder(join(root, 'src'))
  for (;;) {
    const saved = nextSave()
    const extension = startMain(root, args, 'inherit')
    const end = await Promise.race([extension.ended, saved, stopped])
    await endProgram(extension)
    if (typeof end === 'object') {
      if (end.code === 0) return
      if (end.crash !== '') say(end.crash)
      say('The extension does not run. It starts again at the next save.')
    }
    const file = await Promise.race([saved, stopped])
    if (file === undefined) return
    say(`${join('src', file)} was saved: starting again`)
  }
}

/** Lets running calls end for two seconds. */
async function endProgram({ child, ended }: ExtensionProcess): Promise<void> {
  child.kill('SIGINT')
  const timer = setTimeout(() => child.kill('SIGKILL'), 2000)
  await ended
  clearTimeout(timer)
}

/** Tells whoever edits. */
export function say(text: string): void {
  process.stderr.write(`${styleText('yellow', text, { stream: process.stderr })}\n`)
}

// As a program of its own, for the sandbox.
if (process.argv[1] === program) {
  await serveSources(process.argv.slice(2), process.cwd())
  process.exit()
}
