import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { reasonOf } from '../../../messages/start-error.ts'
import { followFolder } from '../../follow-folder.ts'
import { copySources } from './copy-sources.ts'
import { type EditAnswer, type EditQuestion, program } from './edit-question.ts'

/**
 * Says after each edit of a project what it does to Clusters, in one line, unless it does nothing. It works in
 * processes of its own, which give way to all others, and only says so when it fails.
 *
 * @param source Where the Clusters are: recordings, or an API server.
 */
export function followEdits(
  root: string,
  source: EditQuestion['source'],
  say: (line: string) => void,
): void {
  follow(root, source, say).catch((error: unknown) => {
    say(`guard: edits are not followed: ${reasonOf(error)}`)
  })
}

async function follow(
  root: string,
  source: EditQuestion['source'],
  say: (line: string) => void,
): Promise<never> {
  const nextSave = followFolder(join(root, 'src'))
  const parent = join(root, '.dev', 'guard')
  await mkdir(parent, { recursive: true })
  const folder = await mkdtemp(join(parent, 'edits-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const start = join(folder, '0')
  let saved = nextSave()
  await copySources(root, start)
  let before = start
  for (let number = 1; ; number++) {
    await saved
    // Another edit during this one is followed afterwards.
    saved = nextSave()
    const after = join(folder, `${number}`)
    let isUsed = false
    try {
      await copySources(root, after)
      const { loads, line } = await ask(root, { start, before, after, source })
      if (line !== undefined) say(line)
      isUsed = loads
    } catch (error) {
      say(`guard: it could not tell what this edit does: ${reasonOf(error)}`)
    }
    const old = isUsed ? before : after
    if (isUsed) before = after
    if (old !== start) await rm(old, { recursive: true, force: true })
  }
}

async function ask(root: string, question: EditQuestion): Promise<EditAnswer> {
  const child = spawn(process.execPath, [program, JSON.stringify(question)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  try {
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
    const [answer, errors] = await Promise.all([text(child.stdout), text(child.stderr)])
    // What handlers print comes before it.
    const last = answer.trimEnd().split('\n').at(-1) ?? ''
    if (!last.startsWith('{')) throw new Error(errors.trim().split('\n')[0] || 'it ended')
    return JSON.parse(last)
  } finally {
    process.off('exit', kill)
  }
}
