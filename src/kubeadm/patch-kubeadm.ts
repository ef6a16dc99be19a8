import type { MatchResources } from '../topology/match-resources.ts'
import type { Refusal, Refusing, RefusingFunction } from '../topology/template-function.ts'
import {
  type PatchCall,
  type PatchFunction,
  patchTemplate,
  type TemplatePatch,
} from '../topology/template-patch.ts'
import { type Kubeadm, kubeadmOf } from './kubeadm.ts'
import { countObjects, placeOf, removeEmpty } from './place.ts'
import { KubeadmConfigTemplate, KubeadmControlPlaneTemplate } from './types.ts'

type Template = KubeadmControlPlaneTemplate | KubeadmConfigTemplate

/**
 * What a kubeadm patch gets: what the patch of a template gets, and the configuration in it.
 *
 * @example
 * ```ts
 * function greet({ kubeadm, variables }: KubeadmPatchCall<Values>): void {
 *   putFile(kubeadm, { path: '/etc/image', content: variables.image })
 * }
 * const patches = patchKubeadm<Values>(greet)
 * ```
 */
export interface KubeadmPatchCall<Values> extends PatchCall<Template, Values> {
  readonly kubeadm: Kubeadm
}

/**
 * Which machines a kubeadm patch is for.
 *
 * @example
 * ```ts
 * const workers: KubeadmSelector = {
 *   matchResources: { machineDeploymentClass: { names: ['*'] }, machinePoolClass: { names: ['*'] } },
 * }
 * ```
 */
export interface KubeadmSelector {
  readonly matchResources: Omit<MatchResources, 'infrastructureCluster'>
}

/**
 * One patch for the kubeadm configuration of control planes and workers, in v1beta1 and v1beta2: an
 * entry of `walkTemplates`. It is for all machines of a Cluster unless `matchResources` names some.
 * It returns nothing, or a Failure, which becomes the answer to the whole request.
 *
 * @example
 * ```ts
 * export default defineHook(GeneratePatches, (call) =>
 *   walkTemplates(call, { variables }, [
 *     patchKubeadm(({ kubeadm, variables }) => {
 *       putFile(kubeadm, { path: '/etc/image', content: variables.image })
 *       setArgument(kubeadm, 'kubelet', 'max-pods', '200')
 *     }),
 *     patchKubeadm({ matchResources: { controlPlane: true } }, ({ kubeadm }) => {
 *       addCertSAN(kubeadm, 'api.example.com')
 *     }),
 *   ]),
 * )
 * ```
 */
export function patchKubeadm<Values, Returned = Refusal>(
  patch: Refusing<KubeadmPatchCall<Values>, Returned>,
): readonly TemplatePatch<Values>[]
export function patchKubeadm<Values, Returned = Refusal>(
  selector: KubeadmSelector,
  patch: Refusing<KubeadmPatchCall<Values>, Returned>,
): readonly TemplatePatch<Values>[]
export function patchKubeadm<Values>(
  ...rest: [unknown] | [KubeadmSelector, unknown]
): readonly TemplatePatch<Values>[] {
  const [selector, given] = rest.length === 1 ? [undefined, rest[0]] : rest
  // The compiler cannot call what may be a sentence.
  const patch = given as RefusingFunction<KubeadmPatchCall<Values>>
  const patchTheSpec: PatchFunction<Template, Values> = async (call) => {
    const { template } = call
    const path = placeOf(template)?.path ?? []
    const count = countObjects(template, path)
    const failure = await patch(Object.assign(call, { kubeadm: kubeadmOf(template) }))
    // The API server refuses empty objects.
    removeEmpty(template, path, count)
    return failure
  }
  if (!selector)
    return [
      patchTemplate(KubeadmControlPlaneTemplate, patchTheSpec),
      patchTemplate(KubeadmConfigTemplate, patchTheSpec),
    ]
  const { controlPlane, ...workers } = selector.matchResources
  const ofControlPlane = { matchResources: { controlPlane: true } }
  const ofWorkers = { matchResources: workers }
  // A patch that cannot match would be reported as a mistake.
  return [
    ...(controlPlane
      ? [patchTemplate(KubeadmControlPlaneTemplate, ofControlPlane, patchTheSpec)]
      : []),
    ...(Object.keys(workers).length > 0
      ? [patchTemplate(KubeadmConfigTemplate, ofWorkers, patchTheSpec)]
      : []),
  ]
}
