import type { JsonObject } from '../json/json.ts'
import type { Rendered } from '../render/types.ts'
import { answerMessage } from '../rules/answer.ts'
import { selectItem, type TemplateName, type TemplateSelector } from './select-template.ts'
import { throwBreaks } from './throw-findings.ts'

/**
 * One template of a render, as the controller takes it. Throws Error when a patch or a validation failed, when the controller
 * drops a part of a patch in silence, and when no template or several are meant.
 *
 * @param name A kind, or a type of template such as those of `capi-extension/kubeadm`, which also types the result.
 * @param selector Tells templates of one kind apart by what holds them.
 *
 * @example
 * ```ts
 * declare const rendered: Rendered
 *
 * const { spec } = renderedTemplate(rendered, KubeadmControlPlaneTemplate)
 * expect(spec.template.spec?.kubeadmConfigSpec?.files).toHaveLength(1)
 * const machines = renderedTemplate(rendered, 'AWSMachineTemplate', { matchResources: { controlPlane: true } })
 * const ofWorkers = renderedTemplate(rendered, 'AWSMachineTemplate', { topologyName: 'md-0' })
 * ```
 */
export function renderedTemplate<T extends object = JsonObject>(
  rendered: Pick<Rendered, 'patches' | 'validations' | 'desired'>,
  name: TemplateName<T>,
  selector?: TemplateSelector,
): T
export function renderedTemplate(
  { patches, validations, desired }: Pick<Rendered, 'patches' | 'validations' | 'desired'>,
  name: TemplateName<object>,
  selector?: TemplateSelector,
): object {
  for (const { name: patch, state, message, findings } of patches) {
    if (state === 'failed') throw new Error(`the patch ${patch} failed: ${message}`)
    throwBreaks(findings)
  }
  for (const { patch, answer } of validations)
    if (answer && answer['status'] !== 'Success')
      throw new Error(`the validation of the patch ${patch} failed: ${answerMessage(answer)}`)
  return selectItem(desired, name, selector).object
}
