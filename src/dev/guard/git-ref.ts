import { execFile } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { reasonOf, StartError } from '../../messages/start-error.ts'

const run = promisify(execFile)

/** The files of a project at another commit. */
export interface CheckedOut {
  /** Their folder, below that of the project: imports find the packages of the project. */
  readonly root: string
  /** The first characters of the commit. */
  readonly commit: string
  remove(): Promise<void>
}

/**
 * Writes the files that git has of a project at a commit, branch or tag into a folder below .dev. Rejects with
 * StartError when git is not there, knows no such commit, or the commit has nothing of the project.
 */
export async function checkOut(root: string, ref: string): Promise<CheckedOut> {
  const git = (...args: string[]) => run('git', args, { cwd: root })
  // A ref that begins with "-" would be an option.
  const { stdout } = await git(
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${ref}^{commit}`,
  ).catch((error: unknown) => {
    throw new StartError(describe(error, ref))
  })
  const sha = stdout.trim()
  const commit = sha.slice(0, 12)
  // Two runs at once do not take each other's files away.
  const folder = join(root, '.dev', 'guard', `${commit}-${process.pid}`)
  const archive = `${folder}.tar`
  const remove = async () => {
    for (const path of [archive, folder]) await rm(path, { recursive: true, force: true })
  }
  try {
    await mkdir(folder, { recursive: true })
    await git('archive', '--format=tar', `--output=${archive}`, sha)
    await run('tar', ['-x', '-f', archive, '-C', folder])
  } catch (error) {
    await remove()
    throw new StartError(`--against ${ref}: its files cannot be read: ${lineOf(error)}`)
  }
  return { root: folder, commit, remove }
}

function describe(error: unknown, ref: string): string {
  const { code, stderr } = Object(error)
  if (code === 'ENOENT') return `--against ${ref}: git is needed for it, and is not installed`
  const said = String(stderr).trim()
  if (said === '')
    return `--against ${ref}: git knows no such commit: fetch it ("git fetch origin ${ref}"), or name a bundle (.cjs) or an https URL`
  return `--against ${ref}: ${lineOf(error)}`
}

function lineOf(error: unknown): string {
  const [line = ''] = String(Object(error).stderr ?? '')
    .trim()
    .split('\n')
  return line.replace(/^(fatal|tar|error): /, '') || reasonOf(error)
}
