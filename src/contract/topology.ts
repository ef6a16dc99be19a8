import * as v from 'valibot'
import { json, list, object, optionalList, Patch, rawExtension, text } from './common.ts'
import type { HookContract } from './contract.ts'
import {
  type CommonResponse,
  commonRequest,
  commonResponse,
  defineContract,
  responseSchema,
} from './define-contract.ts'
import type { NamedFields } from './named-fields.ts'
import { ClusterClassVariable } from './variables.ts'

// All hooks of this file: api/runtime/hooks/v1alpha1/topologymutation_types.go.

const holderReference = object({
  apiVersion: text,
  kind: text,
  namespace: text,
  name: text,
  fieldPath: text,
})
/**
 * The object and the field of it that refer to a template.
 *
 * @example
 * ```ts
 * const isOfWorkers = ({ kind }: HolderReference) => kind === 'MachineDeployment' || kind === 'MachinePool'
 * ```
 */
export interface HolderReference extends NamedFields<typeof holderReference> {}
/** Checks a HolderReference. */
export const HolderReference: v.GenericSchema<unknown, HolderReference> = holderReference

const variable = object({ name: text, value: json })
/**
 * A variable's name and value. The variable `builtin` holds what the controller itself knows.
 *
 * @example
 * ```ts
 * const isOfUser = ({ name }: Variable) => name !== 'builtin'
 * ```
 */
export interface Variable extends NamedFields<typeof variable> {}
/** Checks a Variable. */
export const Variable: v.GenericSchema<unknown, Variable> = variable

const item = {
  holderReference: HolderReference,
  /** The template. */
  object: rawExtension,
  /** Variables of this template, which come before those of the request. */
  variables: optionalList(Variable),
}

const generatePatchesRequest = object({
  ...commonRequest,
  items: list(object({ ...item, uid: text })),
  variables: optionalList(Variable),
})
/** The templates of a Cluster, and its variables. */
export interface GeneratePatchesRequest extends NamedFields<typeof generatePatchesRequest> {}

const generatePatchesResponse = responseSchema({
  items: v.optional(v.array(v.strictObject({ uid: text, ...Patch.entries }))),
})
/** Patches of templates, by the `uid` of their item. */
export interface GeneratePatchesResponse extends NamedFields<typeof generatePatchesResponse> {}

/**
 * Is called at every reconcile of a Cluster's topology, about once a second while the Cluster is built, and answers within
 * 200 ms. It cannot block. The same templates and variables must give the same patches, since a patch that changes rolls
 * out every Machine. `walkTemplates` of 'capi-extension/topology' writes the patches.
 * Cluster API: api/runtime/hooks/v1alpha1/topologymutation_types.go.
 *
 * @example
 * ```ts
 * export default defineHook(GeneratePatches, (call) =>
 *   walkTemplates(call, { variables }, [
 *     patchTemplate(AWSMachineTemplate, ({ template, variables }) => {
 *       template.spec.template.spec.ami = { id: variables.image }
 *     }),
 *   ]),
 * )
 * ```
 */
export const GeneratePatches: HookContract<GeneratePatchesRequest, GeneratePatchesResponse> =
  defineContract({
    hook: 'GeneratePatches',
    handlerName: 'generate-patches',
    summary: 'At every reconcile of a topology: change the templates of a Cluster.',
    request: generatePatchesRequest,
    response: generatePatchesResponse,
  })

const validateTopologyRequest = object({
  ...commonRequest,
  items: list(object(item)),
  variables: optionalList(Variable),
})
/** The templates of a Cluster after all patches, and its variables. */
export interface ValidateTopologyRequest extends NamedFields<typeof validateTopologyRequest> {}

/**
 * Is called after GeneratePatches, at every reconcile of a Cluster's topology, and answers within 200 ms. It cannot block,
 * but a Failure holds the Cluster as it is, and its message reaches the conditions of the Cluster.
 * Cluster API: api/runtime/hooks/v1alpha1/topologymutation_types.go.
 *
 * @example
 * ```ts
 * export default defineHook(ValidateTopology, ({ request }) => {
 *   const kinds = (request.items ?? []).map(({ holderReference }) => holderReference.kind)
 *   if (kinds.filter((kind) => kind === 'MachineDeployment').length <= 50) return
 *   return { status: 'Failure', message: 'A Cluster has at most 50 MachineDeployments' }
 * })
 * ```
 */
export const ValidateTopology: HookContract<ValidateTopologyRequest, CommonResponse> =
  defineContract({
    hook: 'ValidateTopology',
    handlerName: 'validate-topology',
    summary: 'At every reconcile, after all patches: accept or refuse what they made.',
    request: validateTopologyRequest,
    response: commonResponse,
  })

const discoverVariablesRequest = object(commonRequest)
/** Nothing but the settings. */
export interface DiscoverVariablesRequest extends NamedFields<typeof discoverVariablesRequest> {}

const discoverVariablesResponse = responseSchema({
  variables: v.optional(v.array(ClusterClassVariable)),
})
/** The variables that a ClusterClass with this extension takes. */
export interface DiscoverVariablesResponse extends NamedFields<typeof discoverVariablesResponse> {}

/**
 * Is called when a ClusterClass names the extension. It cannot block; the message of a Failure reaches the conditions of
 * the ClusterClass. The controller keeps an answer for 10 minutes, for each handler, version of the ExtensionConfig and
 * settings.
 * Cluster API: api/runtime/hooks/v1alpha1/topologymutation_types.go.
 *
 * @example
 * ```ts
 * export default defineHook(DiscoverVariables, () => ({ variables: variables.definitions }))
 * ```
 */
export const DiscoverVariables: HookContract<DiscoverVariablesRequest, DiscoverVariablesResponse> =
  defineContract({
    hook: 'DiscoverVariables',
    handlerName: 'discover-variables',
    summary: 'When a ClusterClass names this extension: which variables it takes.',
    request: discoverVariablesRequest,
    response: discoverVariablesResponse,
  })
