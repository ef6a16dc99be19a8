import type { Patch, PatchType } from '../contract/common.ts'
import type { RequestOf } from '../contract/contract.ts'
import { encodePatch } from '../contract/encode-patch.ts'
import type { GeneratePatches } from '../contract/topology.ts'
import type { Failure } from '../handler/reply.ts'
import { clone } from '../json/clone.ts'
import { diff } from '../json/diff.ts'
import type { JsonObject } from '../json/json.ts'
import { mergeDiff } from '../json/merge.ts'
import { refuseDroppedChange } from './dropped-change.ts'
import { type TemplateItem, templateCall } from './template-call.ts'
import { failureOf, firstRefusal } from './template-function.ts'
import type { TemplatePatches } from './template-patch.ts'
import { type WalkCall, type WalkOptions, walk } from './walk.ts'

/**
 * How templates are patched.
 *
 * @example
 * ```ts
 * const options: WalkTemplatesOptions<Values> = { variables, patchType: 'JSONMergePatch' }
 * ```
 */
export interface WalkTemplatesOptions<Values> extends WalkOptions<Values> {
  /** How patches are written; JSONPatch unless given. JSONMergePatch cannot set null. */
  patchType?: PatchType
}

type Item = NonNullable<RequestOf<typeof GeneratePatches>['items']>[number]

/**
 * Answers GeneratePatches: gives each template to the patches that are for it, in their order, and
 * answers with what they changed. A template without a change has no patch.
 *
 * The answer is a Failure when a patch function returns one, a variable does not fit its schema, or
 * a type is unknown and must not be. Of several, the first by message counts: the request's order
 * is random. Rejects, as a bug of a patch, when the controller would drop a change in silence, and
 * with the reason of the call's signal when that ends first. Says once in a process of each patch
 * that it has matched no template so far.
 *
 * @example
 * ```ts
 * export default defineHook(GeneratePatches, (call) =>
 *   walkTemplates(call, { variables }, [
 *     patchTemplate(AWSMachineTemplate, ({ template, variables, builtin }) => {
 *       const version = builtin.machineDeployment?.version ?? builtin.controlPlane?.version
 *       template.spec.template.spec.ami = { id: `${variables.image}-${version}` }
 *     }),
 *   ]),
 * )
 * ```
 */
export async function walkTemplates<Values>(
  call: WalkCall<Item>,
  options: WalkTemplatesOptions<Values>,
  patches: readonly TemplatePatches<NoInfer<Values>>[],
): Promise<{ items: ({ uid: string } & Patch)[] } | Failure> {
  const items: ({ uid: string } & Patch)[] = []
  const each = patches.flat()
  const failures = await walk(call, options, 'patch', each, async (item, matching, known) => {
    const template = clone(item.object)
    const functions = matching.map(({ patch }) => patch)
    const failure = await firstRefusal(
      'patch',
      functions,
      templateCall(item, template, known, call.log),
    )
    if (failure !== undefined) return failure
    const patch = await makePatch(item, template, options.patchType)
    if (patch) items.push({ uid: item.uid, ...patch })
    return undefined
  })
  return failureOf(failures) ?? { items }
}

async function makePatch(
  { object, holderReference }: TemplateItem,
  template: JsonObject,
  patchType: PatchType = 'JSONPatch',
): Promise<Patch | undefined> {
  const operations = diff(object, template)
  refuseDroppedChange(object, template, operations, holderReference)
  const document = patchType === 'JSONPatch' ? operations : mergeDiff(object, template)
  const patch = encodePatch(patchType, document)
  if (patch && process.env['NODE_ENV'] !== 'production') {
    const { checkPatch } = await import('./check-patch.ts')
    checkPatch(patch, object, template)
  }
  return patch
}
