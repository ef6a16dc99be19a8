import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it, vi } from 'vitest'

const serveSources = new URL('../../../src/dev/serve-sources.ts', import.meta.url)
const running: { child: ChildProcess; root: string }[] = []
afterAll(() => {
  for (const { child, root } of running.splice(0)) {
    child.kill('SIGTERM')
    rmSync(root, { recursive: true })
  }
})

/** A project of its own: main.ts says what hooks/hook.ts exports, and stays. */
function serve(hook: string) {
  const root = mkdtempSync(join(tmpdir(), 'serve-'))
  mkdirSync(join(root, 'src/hooks'), { recursive: true })
  const file = join(root, 'src/hooks/hook.ts')
  writeFileSync(join(root, 'package.json'), '{"type":"module"}')
  copyFileSync('Dockerfile', join(root, 'Dockerfile'))
  writeFileSync(
    join(root, 'src/main.ts'),
    `import { hook } from './hooks/hook.ts'
    console.log('serves', hook, ...process.argv.slice(2))
    setInterval(() => {}, 1000)
    process.on('SIGINT', () => process.exit(0))`,
  )
  writeFileSync(file, hook)
  const program = `import { serveSources } from '${serveSources}'
    await serveSources(['--flag'], '${root}')
    process.exit()`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push({ child, root })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk
    })
  return {
    child,
    save: (source: string) => writeFileSync(file, source),
    /** As many editors save: another file takes the place of this one. */
    edit(source: string) {
      writeFileSync(`${file}.new`, source)
      renameSync(`${file}.new`, file)
    },
    /** Waits for a text, and gives all output until there; the next wait looks behind it. */
    async says(text: string) {
      await vi.waitFor(() => expect(output).toContain(text), 30_000)
      const end = output.indexOf(text) + text.length
      const until = output.slice(0, end)
      output = output.slice(end)
      return until
    },
  }
}

it.concurrent('serves again after each of several saves by rename, and after one in place', async () => {
  const { edit, save, says } = serve('export const hook: number = 1')
  await says('serves 1 --flag\n')
  edit('export const hook = 2')
  expect(await says('serves 2 --flag\n')).toBe(
    'src/hooks/hook.ts was saved: starting again\nserves 2 --flag\n',
  )
  edit('export const hook = 3')
  await says('serves 3')
  edit('export const hook = 4')
  await says('serves 4')
  save('export const hook = 5')
  await says('serves 5')
})

it.concurrent('shows one message for a syntax error, and serves after the next save', async () => {
  const { edit, save, says } = serve('export const hook = 1')
  await says('serves 1 --flag\n')
  save('export const hook = (1\n')
  expect(await says('at the next save.\n')).toBe(
    `src/hooks/hook.ts was saved: starting again
src/hooks/hook.ts:1: SyntaxError: Expected ',', got '<eof>'
export const hook = (1
The extension does not run. It starts again at the next save.
`,
  )
  edit('export const hook = 2')
  await says('serves 2')
  edit('export const hook = 3')
  await says('serves 3')
})

it.concurrent('waits for the next save after a crash at the start', async () => {
  const { edit, says } = serve('export const hook = 1\nhook.none()')
  expect(await says('at the next save.\n')).toBe(
    `src/hooks/hook.ts:2: TypeError: hook.none is not a function
hook.none()
     ^
The extension does not run. It starts again at the next save.
`,
  )
  edit('export const hook = 2')
  await says('serves 2')
})

it.concurrent('names the flag of the Dockerfile for what only the image forbids', async () => {
  const { says } = serve(
    `import { spawnSync } from 'node:child_process'\nexport const hook = spawnSync('ssh')`,
  )
  expect(await says('at the next save.\n')).toContain(
    'src/hooks/hook.ts:2: the image may not start the program ssh: add --allow-child-process to the ENTRYPOINT',
  )
})

it.concurrent('prints what the program writes to its standard error, and ends with it', async () => {
  const { child, says } = serve(
    `console.error('no certificate'); export const hook = 1; setTimeout(() => process.exit(0), 50)`,
  )
  await says('no certificate\n')
  expect(await once(child, 'exit')).toEqual([0, null])
})

it.concurrent('ends the program on SIGTERM', async () => {
  const { child, says } = serve('export const hook = process.pid')
  const [, pid] = /serves (\d+)/.exec(await says('--flag\n')) ?? []
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
  expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH')
})
