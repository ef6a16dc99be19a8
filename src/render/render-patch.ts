import { equal } from '../json/diff.ts'
import type { JsonObject } from '../json/json.ts'
import { answerMessage } from '../rules/answer.ts'
import { checkPatches } from '../rules/patches.ts'
import { generateInlinePatches, InlinePatchError } from './inline/index.ts'
import type { ClusterClassPatch } from './read-cluster-class.ts'
import { requestOf, type Templates } from './requests.ts'
import type { Item, RenderedPatch, RenderInput } from './types.ts'

/** What a patch did, and the items after it. */
type PatchResult = RenderedPatch & { readonly items: readonly Item[] }

/** Makes the patches of one entry of `spec.patches`, and applies them. */
export async function renderPatch(
  patch: ClusterClassPatch,
  templates: Templates,
  call: RenderInput['call'],
): Promise<PatchResult> {
  const { name, external } = patch
  const { items } = templates
  const nothing = { name, changed: [], matched: [], findings: [], items }
  const handler = external?.generatePatchesExtension
  const isEmpty = !Array.isArray(patch['definitions']) || patch['definitions'].length === 0
  // Without both the controller has no generator: createPatchGenerator in patches/engine.go.
  if (isEmpty && !handler) {
    const missing = external ? 'generatePatchesExtension' : 'definitions'
    return { ...nothing, state: 'failed', message: `it has no ${missing}` }
  }
  if (!handler) return { ...nothing, ...renderInlinePatch(patch, templates) }
  const request = requestOf('GeneratePatches', patch, templates)
  const answer = await call(handler, 'GeneratePatches', request)
  if (!answer) return { ...nothing, handler, state: 'unknown', message: unknownExtension(handler) }
  const applied = applyAnswer(items, answer)
  const matched = applied.changed.map(({ uid }) => uid)
  return { ...applied, name, handler, request, answer, matched }
}

/** Why a handler was not called. */
export function unknownExtension(handler: string): string {
  return `the extension of ${handler} is not known here`
}

function renderInlinePatch(patch: JsonObject, { items, variables }: Templates) {
  try {
    const { answer, matched, enabled } = generateInlinePatches(patch, items, variables)
    if (!enabled) return { state: 'disabled', matched } as const
    return { ...applyAnswer(items, { ...answer, status: 'Success' }), matched }
  } catch (error) {
    if (!(error instanceof InlinePatchError)) throw error
    return { state: error.isUnknown ? 'unknown' : 'failed', message: error.message } as const
  }
}

// These end a reconcile; what the controller only drops does not.
const refusals = ['patch-uid', 'patch-format', 'patch-apply']

function applyAnswer(items: readonly Item[], answer: JsonObject) {
  const { status } = answer
  const untouched = { state: 'failed', items, changed: [], findings: [] } as const
  if (status !== 'Success')
    return {
      ...untouched,
      message: answerMessage(answer) || `the status of the answer is ${status}`,
    }
  const { items: patched, findings } = checkPatches(items, answer)
  const refusal = findings.find(({ rule }) => refusals.includes(rule))
  if (refusal) return { ...untouched, findings, message: refusal.detail }
  const changed = patched.flatMap(({ uid, object }, index) => {
    const before = items[index]?.object ?? {}
    return equal(before, object) ? [] : [{ uid, before, after: object }]
  })
  return { state: 'applied', items: patched, changed, findings } as const
}
