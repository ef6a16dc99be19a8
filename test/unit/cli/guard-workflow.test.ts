import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { load } from 'js-yaml'
import * as v from 'valibot'
import { afterEach, expect, it } from 'vitest'
import { createNewProject } from './new-project.ts'

const workflow = v.parse(
  v.object({
    jobs: v.object({
      guard: v.object({
        steps: v.array(v.object({ name: v.optional(v.string()), run: v.optional(v.string()) })),
      }),
    }),
  }),
  load(readFileSync('src/cli/template/.github/workflows/guard.yaml', 'utf8')),
)
const script = workflow.jobs.guard.steps.find(({ name }) => name?.startsWith('compare'))?.run ?? ''

const made: string[] = []
afterEach(() => {
  for (const root of made.splice(0)) rmSync(root, { recursive: true })
})

/** A pull request of a new project: its first commit is the base. */
async function createPullRequest() {
  const root = await createNewProject('generate-patches,discover-variables')
  made.push(root)
  const git = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(
      'git',
      ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args],
      { cwd: root, encoding: 'utf8' },
    )
    expect(status, stderr).toBe(0)
    return stdout.trim()
  }
  git('init', '--quiet', '--initial-branch=main')
  git('remote', 'add', 'origin', root)
  return {
    root,
    git,
    commit(message: string) {
      git('add', '--all')
      git('commit', '--quiet', '--message', message)
      return git('rev-parse', 'HEAD')
    },
    /** Runs the step as a runner does, with stand-ins for gh and npx. */
    run(base: string, allow = 'in-place') {
      const bin = join(root, 'node_modules/stand-ins')
      mkdirSync(bin, { recursive: true })
      const cli = `${process.execPath} ${resolve('src/cli/main.ts')}`
      const programs = { gh: 'echo "gh $*"', npx: `shift; exec ${cli} "$@"` }
      for (const [name, text] of Object.entries(programs)) {
        writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`)
        chmodSync(join(bin, name), 0o755)
      }
      const summary = join(bin, 'summary')
      writeFileSync(summary, '')
      const { status, stdout } = spawnSync(
        'bash',
        ['-e', '-c', script.replaceAll(/\$\{\{.*?\}\}/g, '7')],
        {
          cwd: root,
          encoding: 'utf8',
          env: {
            ...process.env,
            PATH: `${bin}${delimiter}${process.env['PATH']}`,
            BASE: base,
            ALLOW: allow,
            GITHUB_STEP_SUMMARY: summary,
          },
        },
      )
      return { status, stdout, summary: readFileSync(summary, 'utf8') }
    },
  }
}

it('compares a pull request with the recordings of its base, and comments on it', async () => {
  const { root, commit, run } = await createPullRequest()
  const base = commit('first')
  expect(run(base)).toMatchObject({ status: 0, summary: expect.stringMatching(/Nothing changes/) })

  const file = join(root, 'src/hooks/generate-patches.ts')
  writeFileSync(file, readFileSync(file, 'utf8').replace("'max-pods'", "'pods-per-core'"))
  // The author accepts it: the base still says what it was before.
  const accept = [resolve('src/cli/main.ts'), 'guard', '--accept']
  expect(spawnSync(process.execPath, accept, { cwd: root }).status).toBe(0)
  commit('second')
  const { status, stdout, summary } = run(base)
  expect(status).toBe(3)
  expect(summary).toContain('| default/demo | MachineDeployment md-0 | **rolls out')
  expect(stdout).toMatch(/^::error title=guard::\*\*Guard:\*\* New Machines for default\/demo/m)
  expect(stdout).toContain('gh pr comment 7 --edit-last --create-if-none --body-file .dev/guard.md')
  expect(run(base, 'any').status).toBe(0)
})

it('has nothing to compare with where the base has no recordings', async () => {
  const { root, git, commit, run } = await createPullRequest()
  const base = commit('first')
  git('rm', '-r', '--quiet', 'recordings')
  const without = commit('second')
  expect(base).not.toBe(without)
  expect(run(without)).toMatchObject({ status: 0, stdout: expect.stringContaining('It has none.') })
  expect(root).not.toBe('')
})
