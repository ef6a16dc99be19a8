import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { describeCrash, startsCrash } from '../../../src/dev/crash.ts'

/** What Node itself prints of a program whose main.ts imports hooks/hook.ts. */
function crash(hook: string) {
  const root = mkdtempSync(join(tmpdir(), 'crash-'))
  mkdirSync(join(root, 'src/hooks'), { recursive: true })
  writeFileSync(join(root, 'package.json'), '{"type":"module"}')
  writeFileSync(join(root, 'src/main.ts'), `import { hook } from './hooks/hook.ts'\nvoid hook`)
  writeFileSync(join(root, 'src/hooks/hook.ts'), hook)
  const { stderr } = spawnSync(process.execPath, ['src/main.ts'], { cwd: root, encoding: 'utf8' })
  const lines = stderr.split('\n')
  return describeCrash(lines.slice(lines.findIndex(startsCrash)), root)
}

it.each([
  {
    name: 'a syntax error',
    hook: 'export const hook = 1\nfunction f(): number {\n  return (1\n}\n',
    message: `src/hooks/hook.ts:4: SyntaxError: Expected ',', got '}'\n  return (1\n}\n^`,
  },
  {
    name: 'TypeScript that Node cannot strip',
    hook: 'export enum hook { A }',
    message: `src/hooks/hook.ts:1: SyntaxError: TypeScript enum is not supported in strip-only mode
export enum hook { A }
       ^^^^^^^^^^^^^^^`,
  },
  {
    name: 'a missing export',
    hook: 'export const hok = 1',
    message: `src/main.ts:1: SyntaxError: The requested module './hooks/hook.ts' does not provide an export named 'hook'
import { hook } from './hooks/hook.ts'
         ^^^^`,
  },
  {
    name: 'a missing module',
    hook: `import './none.ts'\nexport const hook = 1`,
    message: `Error: Cannot find module 'src/hooks/none.ts' imported from src/hooks/hook.ts`,
  },
  {
    name: 'an exception',
    hook: `export const hook = 1\nfunction f(): void {\n  throw new TypeError('no\\nquota')\n}\nf()`,
    message: `src/hooks/hook.ts:3: TypeError: no\nquota\n  throw new TypeError('no\\nquota')\n        ^`,
  },
  {
    name: 'an exception of Node',
    hook: `import { readFileSync } from 'node:fs'\nexport const hook = readFileSync('/no/such')`,
    message: `src/hooks/hook.ts:2: Error: ENOENT: no such file or directory, open '/no/such'`,
  },
  {
    name: 'something thrown that is no error',
    hook: `export const hook = 1\nthrow { quota: 0 }`,
    message: '{ quota: 0 }',
  },
])('describes $name without anything of Node', ({ hook, message }) => {
  expect(crash(hook)).toBe(message)
})
