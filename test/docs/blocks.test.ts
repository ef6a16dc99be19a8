import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { type Block, blocksOf, readmes } from '../support/readme.ts'

const blocks = readmes.flatMap(blocksOf)
const placeOf = ({ readme, line }: Block) => `${readme}:${line}`

it('are TypeScript, shell, a diagram, or what a program prints', () => {
  const others = blocks.filter(({ language }) => !['ts', 'sh', 'mermaid', ''].includes(language))
  expect(others.map(placeOf)).toEqual([])
})

it('of the shell name who runs them, and that names them', () => {
  const shell = blocks.filter(({ language }) => language === 'sh')
  expect(shell.length).toBeGreaterThan(4)
  const runBy = ({ runBy: file, id }: Block) =>
    file !== undefined && existsSync(file) && readFileSync(file, 'utf8').includes(`${id}`)
  expect(shell.filter((block) => !runBy(block)).map(placeOf)).toEqual([])
})

/** Writes the blocks of one README as a project: a block that begins with `// path` is that file. */
function writeProject(typescript: readonly Block[]) {
  const directory = mkdtempSync(join(tmpdir(), 'readme-'))
  const packages = ['valibot', 'vitest', '@types/node']
  const links = [['capi-extension', '.'], ...packages.map((name) => [name, `node_modules/${name}`])]
  for (const [name = '', target = ''] of links) {
    const link = join(directory, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(resolve(target), link)
  }
  for (const [index, block] of typescript.entries()) {
    const [, path = `block-${index}.ts`] = /^\/\/ (\S+\.ts)\n/.exec(block.text) ?? []
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    // The same number of lines in front as in the README: errors name the right one.
    writeFileSync(join(directory, path), '\n'.repeat(block.line) + block.text)
  }
  const { compilerOptions } = JSON.parse(readFileSync('tsconfig.json', 'utf8'))
  writeFileSync(join(directory, 'package.json'), '{"type":"module"}')
  writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify({ compilerOptions }))
  return directory
}

const withTypeScript = readmes.filter((readme) =>
  blocksOf(readme).some(({ language }) => language === 'ts'),
)

it.each(withTypeScript)('of %s compile', (readme) => {
  const directory = writeProject(blocksOf(readme).filter(({ language }) => language === 'ts'))
  const compiler = resolve('node_modules/typescript/bin/tsc')
  const { stdout, status } = spawnSync(process.execPath, [compiler, '-p', directory], {
    encoding: 'utf8',
  })
  expect(stdout).toBe('')
  expect(status).toBe(0)
})
