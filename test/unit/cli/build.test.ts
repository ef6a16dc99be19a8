import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Metafile } from 'esbuild'
import { beforeAll, expect, it } from 'vitest'

let metafile: Metafile
let bundle: string
beforeAll(() => {
  const directory = mkdtempSync(join(tmpdir(), 'build-'))
  const { status } = spawnSync(process.execPath, ['scripts/build.ts', directory])
  expect(status).toBe(0)
  bundle = readFileSync(join(directory, 'extension.cjs'), 'latin1')
  metafile = JSON.parse(readFileSync(join(directory, 'metafile.json'), 'utf8'))
}, 60_000)

/** Bytes of the bundle by npm package, or "src". */
function bytesByPackage(): Map<string, number> {
  const sizes = new Map<string, number>()
  const [output] = Object.values(metafile.outputs)
  for (const [input, { bytesInOutput }] of Object.entries(output?.inputs ?? {})) {
    const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? 'src'
    sizes.set(name, (sizes.get(name) ?? 0) + bytesInOutput)
  }
  return sizes
}

it('the bundle is below 300 kB', () => {
  const [output] = Object.values(metafile.outputs)
  expect(output?.bytes).toBeLessThan(300_000)
})

it('nothing is built of a variable that the controllers would refuse', () => {
  const project = mkdtempSync(join(tmpdir(), 'project-'))
  for (const name of ['src', 'scripts', 'package.json'])
    cpSync(name, join(project, name), { recursive: true })
  symlinkSync(join(process.cwd(), 'node_modules'), join(project, 'node_modules'))
  const variables = `import * as v from 'valibot'
    import { defineVariables, variable } from '../topology/variables.ts'
    export const { definitions } = defineVariables({ mirror: variable(v.pipe(v.string(), v.regex(/^(?!docker)/))) })`
  writeFileSync(join(project, 'src/hooks/index.ts'), `${variables}\nexport const hooks = []`)
  const { status, stderr } = spawnSync(process.execPath, ['scripts/build.ts'], {
    cwd: project,
    encoding: 'utf8',
  })
  expect(stderr).toMatch(
    /^Nothing was built: variable "mirror" cannot be declared: Kubernetes reads patterns as RE2, .*\n$/,
  )
  expect(status).toBe(1)
  expect(existsSync(join(project, 'dist'))).toBe(false)
})

it('the bundle is ASCII, so that Node keeps it in one byte a character', () => {
  expect(/[\u0080-\u00ff].{0,40}/.exec(bundle)?.[0]).toBeUndefined()
})

it('the bundle has nothing of development', () => {
  const names = [...bytesByPackage().keys()].sort()
  expect(names.filter((name) => /rfc6902|x509|pino-pretty|re2js|client-node/.test(name))).toEqual(
    [],
  )
  const inputs = Object.keys(metafile.inputs)
  expect(inputs.filter((input) => /src\/dev\//.test(input))).toEqual([])
})
