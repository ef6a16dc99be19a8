import type { Patch, PatchType } from './common.ts'

/** A patch document as it goes over the wire; undefined when it has nothing to do. */
export function encodePatch(patchType: PatchType, document: object): Patch | undefined {
  if (Object.keys(document).length === 0) return undefined
  return { patchType, patch: Buffer.from(JSON.stringify(document)).toString('base64') }
}
