// A program: its argument is an EditQuestion, the last line that it prints an EditAnswer.
import { join } from 'node:path'
import process from 'node:process'
import { reasonOf, StartError } from '../../../messages/start-error.ts'
import { loadProject } from '../../load-project.ts'
import type { Answerer } from '../answerer.ts'
import type { Effect } from '../result.ts'
import { answerFromSources } from '../sources.ts'
import { editLine } from './edit-line.ts'
import type { EditAnswer, EditQuestion } from './edit-question.ts'

const time = new Date()

async function answer(question: EditQuestion): Promise<EditAnswer> {
  const now = await open(question.after)
  if (!now) return { loads: false }
  const line = await lineOf(question, now).catch(
    (error: unknown) => `guard: it could not tell what this edit does: ${reasonOf(error)}`,
  )
  return { loads: true, ...(line !== undefined && { line }) }
}

async function lineOf({ start, before, source }: EditQuestion, now: Answerer) {
  const old = await open(before)
  const line = old && editLine(await compare(source, old, now))
  if (line === undefined || start === before) return line
  const first = await open(start)
  const isBack = first && editLine(await compare(source, first, now)) === undefined
  return isBack ? `${line} (as it was at the start)` : line
}

/** The sources of a folder; undefined when they cannot be loaded. */
async function open(root: string): Promise<Answerer | undefined> {
  try {
    const extension = await loadProject({ root, mainPath: join(root, 'src', 'main.ts') })
    return answerFromSources(extension, { name: 'the sources', root, now: () => time })
  } catch (error) {
    if (error instanceof StartError) return undefined
    throw error
  }
}

async function compare(
  source: EditQuestion['source'],
  before: Answerer,
  after: Answerer,
): Promise<readonly Effect[]> {
  if ('recordings' in source) {
    const { compareInRecordings } = await import('./compare-in-recordings.ts')
    return compareInRecordings(source.recordings, before, after)
  }
  const { compareInServer } = await import('./compare-in-server.ts')
  return compareInServer(source, before, after)
}

const found = await answer(JSON.parse(process.argv[2] ?? ''))
// Sources of a project that were loaded may have left a timer behind.
process.stdout.write(`\n${JSON.stringify(found)}\n`, () => process.exit(0))
