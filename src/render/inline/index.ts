export { type GeneratedPatches, generateInlinePatches } from './generate.ts'
export { InlinePatchError } from './inline-patch-error.ts'
