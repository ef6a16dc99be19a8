import * as v from 'valibot'
import { json, list, object, optionalList, Patch, rawExtension, text } from './common.ts'
import { defineContract } from './contract.ts'
import { ClusterClassVariable } from './variables.ts'

/** The object and field that hold a template (api/runtime/hooks/v1alpha1/topologymutation_types.go). */
export const HolderReference = object({
  apiVersion: text,
  kind: text,
  namespace: text,
  name: text,
  fieldPath: text,
})
/** The object and field that hold a template. */
export interface HolderReference extends v.InferOutput<typeof HolderReference> {}

/** A variable's name and value; `builtin` holds what the controller itself knows. */
export const Variable = object({ name: text, value: json })
/** A variable's name and value. */
export interface Variable extends v.InferOutput<typeof Variable> {}

const item = {
  holderReference: HolderReference,
  /** The template. */
  object: rawExtension,
  /** Variables of this template, on top of the request's. */
  variables: optionalList(Variable),
}

/** Runs at every reconcile of the Cluster's topology. Answer within 200 ms. */
export const GeneratePatches = defineContract({
  hook: 'GeneratePatches',
  handlerName: 'generate-patches',
  summary: 'At every reconcile of a topology: change the templates of a Cluster.',
  request: {
    items: list(object({ ...item, uid: text })),
    variables: optionalList(Variable),
  },
  response: { items: v.optional(v.array(v.strictObject({ uid: text, ...Patch.entries }))) },
})

/** Runs after GeneratePatches, at every reconcile. Answer within 200 ms. */
export const ValidateTopology = defineContract({
  hook: 'ValidateTopology',
  handlerName: 'validate-topology',
  summary: 'At every reconcile, after all patches: accept or refuse what they made.',
  request: { items: list(object(item)), variables: optionalList(Variable) },
  response: {},
})

/** The answer is cached for 10 minutes by handler, ExtensionConfig version and settings. */
export const DiscoverVariables = defineContract({
  hook: 'DiscoverVariables',
  handlerName: 'discover-variables',
  summary: 'When a ClusterClass names this extension: which variables it takes.',
  request: {},
  response: { variables: v.optional(v.array(ClusterClassVariable)) },
})
