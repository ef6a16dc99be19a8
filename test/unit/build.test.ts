import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
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

it('the bundle is ASCII, so that Node keeps it in one byte a character', () => {
  expect(/[\u0080-\u00ff].{0,40}/.exec(bundle)?.[0]).toBeUndefined()
})

it('the bundle has nothing of development', () => {
  const names = [...bytesByPackage().keys()].sort()
  expect(names.filter((name) => /rfc6902|x509|pino-pretty|re2js|client-node/.test(name))).toEqual(
    [],
  )
  const inputs = Object.keys(metafile.inputs)
  expect(inputs.filter((input) => /src\/(simulator|sandbox)\//.test(input))).toEqual([])
})
