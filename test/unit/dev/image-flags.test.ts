import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { imageFlags } from '../../../src/dev/image-flags.ts'

function flagsOf(dockerfile: string): string[] {
  const root = mkdtempSync(join(tmpdir(), 'image-flags-'))
  writeFileSync(join(root, 'Dockerfile'), dockerfile)
  return imageFlags(root)
}

it("reads Node's flags from the Dockerfile of this project", () => {
  const flags = imageFlags(process.cwd())
  expect(flags).toEqual(
    expect.arrayContaining(['--permission', '--allow-fs-read=*', '--allow-net']),
  )
  expect(flags.filter((flag) => !flag.startsWith('--'))).toEqual([])
})

it.each([
  ['the last ENTRYPOINT', 'ENTRYPOINT ["a", "--b", "c"]\nENTRYPOINT ["d", "--e", "f"]', ['--e']],
  ['one of several lines', 'ENTRYPOINT ["node", "--a", \\\n  "--b", "/c.cjs"]', ['--a', '--b']],
  ['one behind an init', 'ENTRYPOINT ["/init", "node", "--a", "/c.cjs"]', ['--a']],
  ['one without flags', 'ENTRYPOINT ["node", "/c.cjs"]', []],
  ['one for a shell', 'ENTRYPOINT node --a /c.cjs', []],
  ['none', 'FROM scratch', []],
  [
    'one with a right of another Node',
    'ENTRYPOINT ["node", "--permission", "--allow-moon", "--allow-fs-read=*", "/c.cjs"]',
    ['--permission', '--allow-fs-read=*'],
  ],
])('reads %s', (_, dockerfile, flags) => {
  expect(flagsOf(dockerfile)).toEqual(flags)
})

it('finds none without a Dockerfile', () => {
  expect(imageFlags(mkdtempSync(join(tmpdir(), 'image-flags-')))).toEqual([])
})
