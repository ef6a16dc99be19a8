import type { RequestOf } from '../contract/contract.ts'
import type { GeneratePatches } from '../contract/topology.ts'
import type { Answer } from '../handler/answer.ts'
import type { JsonObject } from '../json/json.ts'
import { checkPatches } from '../rules/patches.ts'
import { selectItem, type TemplateName, type TemplateSelector } from './select-template.ts'
import { throwFindings } from './throw-findings.ts'

type Request = Pick<RequestOf<typeof GeneratePatches>, 'items'>
type Item = NonNullable<Request['items']>[number]

/**
 * The items of a GeneratePatches request after the patches of its answer, as the controller makes them: also what
 * ValidateTopology is sent. Throws Error when the answer is a Failure, when a patch cannot be applied, and when the
 * controller would drop a part of it in silence.
 *
 * @example
 * ```ts
 * const request = requestOf(GeneratePatches)
 * const items = patchedTemplates(request, await callHook(generatePatches, request))
 * const verdict = await callHook(validateTopology, requestOf(ValidateTopology, { ...request, items }))
 * ```
 */
export function patchedTemplates(request: Request, answer: Answer): Item[] {
  const { items, findings } = checkPatches(request.items ?? [], answer)
  throwFindings(answer, findings)
  return items
}

/**
 * One template after the patches of an answer, as the controller makes it. Throws Error as `patchedTemplates` does, and
 * when no template or several are meant.
 *
 * @param name A kind, or a type of template such as those of `capi-extension/kubeadm`, which also types the result.
 * @param selector Tells templates of one kind apart by what holds them.
 *
 * @example
 * ```ts
 * const request = requestOf(GeneratePatches, topologyOf({ variables: { proxy: 'http://proxy:3128' } }))
 * const answer = await callHook(generatePatches, request)
 * const { spec } = patchedTemplate(request, answer, KubeadmControlPlaneTemplate)
 * expect(spec.template.spec?.kubeadmConfigSpec?.files).toHaveLength(1)
 * const machines = patchedTemplate(request, answer, 'AWSMachineTemplate', { matchResources: { controlPlane: true } })
 * const ofWorkers = patchedTemplate(request, answer, 'AWSMachineTemplate', { topologyName: 'md-0' })
 * ```
 */
export function patchedTemplate<T extends object = JsonObject>(
  request: Request,
  answer: Answer,
  name: TemplateName<T>,
  selector?: TemplateSelector,
): T
export function patchedTemplate(
  request: Request,
  answer: Answer,
  name: TemplateName<object>,
  selector?: TemplateSelector,
): object {
  return selectItem(patchedTemplates(request, answer), name, selector).object
}
