export { generateInlinePatches } from './generate.ts'
export { InlinePatchError } from './inline-patch-error.ts'
