import { expect, it } from 'vitest'
import { encodePatch } from '../../../src/contract/encode-patch.ts'

it('writes the document as Go writes bytes', () => {
  const operations = [{ op: 'remove', path: '/ü' }] as const
  const patch = encodePatch('JSONPatch', operations)
  expect(patch?.patchType).toBe('JSONPatch')
  expect(JSON.parse(Buffer.from(patch?.patch ?? '', 'base64').toString())).toEqual(operations)
})

it.each([[[]], [{}]])('has nothing to write for %j', (document) => {
  expect(encodePatch('JSONPatch', document)).toBeUndefined()
})
