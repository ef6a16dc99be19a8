import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Metafile } from 'esbuild'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Bundle } from '../../../src/dev/bundle.ts'
import { createProject } from './project.ts'

/** Runs the command in a folder: in a process of its own, since it loads the sources. */
function build(cwd: string, ...args: string[]) {
  const command = [resolve('src/cli/main.ts'), 'build', ...args]
  return spawnSync(process.execPath, command, { cwd, encoding: 'utf8' })
}

describe('the bundle of the sample', () => {
  let summary: Bundle
  let metafile: Metafile
  let bundle: string
  beforeAll(() => {
    const directory = mkdtempSync(join(tmpdir(), 'build-'))
    const { status, stdout } = build(process.cwd(), `--outdir=${directory}`, '--json')
    expect(status).toBe(0)
    summary = JSON.parse(stdout)
    bundle = readFileSync(join(directory, 'extension.cjs'), 'latin1')
    metafile = JSON.parse(readFileSync(join(directory, 'metafile.json'), 'utf8'))
  }, 60_000)

  it('is below 300 kB', () => {
    expect(summary.bytes).toBe(bundle.length)
    expect(summary.bytes).toBeLessThan(300_000)
  })

  it('is ASCII, so that Node keeps it in one byte a character', () => {
    expect(/[\u0080-\u00ff].{0,40}/.exec(bundle)?.[0]).toBeUndefined()
  })

  it('has nothing of development', () => {
    const names = Object.keys(summary.bytesByPackage)
    expect(names).toEqual(expect.arrayContaining(['src', 'hono', 'valibot']))
    const development = /rfc6902|x509|pino-pretty|re2js|client-node|commander|esbuild/
    expect(names.filter((name) => development.test(name))).toEqual([])
    const inputs = Object.keys(metafile.inputs)
    expect(inputs.filter((input) => /src\/(dev|cli|testing)\//.test(input))).toEqual([])
  })
})

const beforeClusterCreate = `import { defineHook } from 'capi-extension'
import { BeforeClusterCreate } from 'capi-extension/hooks'
export default defineHook(BeforeClusterCreate, () => {})
`
const projectWith = (index: string) =>
  createProject({
    'src/hooks/index.ts': index,
    'src/hooks/before-cluster-create.ts': beforeClusterCreate,
  })

it('writes dist/extension.cjs, and says so', () => {
  const root = projectWith('export const hooks = []')
  const { stdout, status } = build(root)
  expect(stdout).toMatch(/^dist\/extension\.cjs {2}\d+ kB\n$/)
  expect(status).toBe(0)
  expect(existsSync(join(root, 'dist/extension.cjs'))).toBe(true)
})

it.each([
  [
    'a variable that the controllers would refuse',
    `import * as v from 'valibot'
    import { defineVariables, variable } from 'capi-extension/topology'
    export const { definitions } = defineVariables({ mirror: variable(v.pipe(v.string(), v.regex(/^(?!docker)/))) })
    export const hooks = []`,
    /^nothing was built: src\/hooks\/index\.ts:3: variable "mirror" cannot be declared: Kubernetes reads patterns as RE2, .*\n$/,
  ],
  [
    'two handlers of one name',
    `import before from './before-cluster-create.ts'
    export const hooks = [before, before]`,
    /^nothing was built: handler "before-cluster-create" of BeforeClusterCreate: another handler has this name, .*\n$/,
  ],
  [
    'a syntax error',
    'export const hooks = [\n',
    /^nothing was built: src\/hooks\/index\.ts:2: Unexpected end of file\n$/,
  ],
  [
    'an import of nothing',
    `export { hooks } from './none.ts'`,
    /^nothing was built: src\/hooks\/index\.ts:1: Could not resolve "\.\/none\.ts"\n$/,
  ],
])('builds nothing of %s', (_, index, message) => {
  const root = projectWith(index)
  const { stderr, status } = build(root)
  expect(stderr).toMatch(message)
  expect(status).toBe(1)
  expect(existsSync(join(root, 'dist'))).toBe(false)
})
