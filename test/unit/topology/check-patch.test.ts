import { build } from 'esbuild'
import { expect, it } from 'vitest'
import { encodePatch } from '../../../src/contract/encode-patch.ts'
import { diff } from '../../../src/json/diff.ts'
import { mergeDiff } from '../../../src/json/merge.ts'
import { checkPatch } from '../../../src/topology/check-patch.ts'

const original = { a: { b: 1 }, c: [1, 2] }
const encode = { JSONPatch: diff, JSONMergePatch: mergeDiff }

function check(patchType: keyof typeof encode, patched: object, wanted: object): void {
  const patch = encodePatch(patchType, encode[patchType](original, { ...patched }))
  if (!patch) throw new Error('no patch')
  checkPatch(patch, original, wanted)
}

it.each(['JSONPatch', 'JSONMergePatch'] as const)('applies a %s to its own input', (patchType) => {
  const modified = { a: { d: { e: 1 } }, c: [2] }
  expect(() => check(patchType, modified, modified)).not.toThrow()
  expect(() => check(patchType, { a: {} }, modified)).toThrow(
    'the patch does not make what the handler made: is /a/d plain JSON?',
  )
})

it.each([
  ['a Date', new Date(0)],
  ['NaN', Number.NaN],
])('refuses %s, which is no JSON', (_, value) => {
  const modified = { ...original, when: { at: value } }
  expect(() => check('JSONPatch', modified, modified)).toThrow('is /when/at plain JSON?')
})

it('takes a key that rfc6902 does not walk through', () => {
  const [before, after] = [{ constructor: { x: 1 } }, { constructor: { x: 2 } }]
  const patch = encodePatch('JSONPatch', diff(before, after))
  if (!patch) throw new Error('no patch')
  expect(() => checkPatch(patch, before, after)).not.toThrow()
})

it('is in no bundle', async () => {
  const { metafile, outputFiles } = await build({
    entryPoints: [new URL('../../../src/topology/walk-templates.ts', import.meta.url).pathname],
    bundle: true,
    platform: 'node',
    format: 'esm',
    minifySyntax: true,
    metafile: true,
    write: false,
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs))
  expect(inputs.join()).toContain('src/json/diff.ts')
  expect(inputs.join()).not.toMatch(/rfc6902|check-patch|apply-json-patch/)
  expect(outputFiles[0]?.text).not.toContain('checkPatch')
})
