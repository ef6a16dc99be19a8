import type { JsonObject } from '../json/json.ts'
import type { ItemOfRequest } from '../rules/patches.ts'
import type { Finding } from '../rules/table.ts'

/** A template of a Cluster as requests carry it, with what holds it and its own variables. */
export type Item = ItemOfRequest

/** What a render needs. Objects are as `kubectl get -o yaml` gives them, or as files write them. */
export interface RenderInput {
  readonly clusterClass: JsonObject
  readonly cluster: JsonObject
  /** Found by group, kind and name, and by the namespace of the ClusterClass where they have one. */
  readonly templates: readonly JsonObject[]
  /**
   * Stored objects of the Cluster, such as its KubeadmControlPlane and MachineDeployments: they tell names and versions.
   * Definitions of custom resources tell the contract version of a control plane.
   */
  readonly objects?: readonly JsonObject[]
  /**
   * Calls the handler that a ClusterClass names, `generate-patches.my-extension`. The request holds the settings of the
   * patch; those of the ExtensionConfig are added by this function. Gives undefined when the extension is not known. What
   * it throws ends the render.
   */
  readonly call: (
    handler: string,
    hook: RenderedHook,
    request: JsonObject,
  ) => Promise<JsonObject | undefined>
  /** Sets the defaults of custom resources in a template. */
  readonly complete?: (object: JsonObject) => JsonObject
}

/** Takes one sentence about what could not be known. */
export type Note = (sentence: string) => void

/** The hooks that a ClusterClass names. */
export type RenderedHook = 'DiscoverVariables' | 'GeneratePatches' | 'ValidateTopology'

/**
 * What the topology controller makes of a Cluster.
 *
 * @example
 * ```ts
 * const failuresOf = ({ patches }: Rendered) => patches.filter(({ state }) => state === 'failed')
 * ```
 */
export interface Rendered {
  /** In the order of `spec.patches`, up to the first one that failed. */
  readonly patches: readonly RenderedPatch[]
  /** In the order of `spec.patches`, up to the first Failure. None when a patch failed. */
  readonly validations: readonly RenderedValidation[]
  /** Templates with the metadata that the controller adds, before the first patch. */
  readonly before: readonly Item[]
  /** After the last patch, with the variables of that one. */
  readonly items: readonly Item[]
  /** The same as the controller takes them, without what it drops. Empty when a patch or validation failed. */
  readonly desired: readonly Item[]
  /** What could not be known, one plain sentence each. */
  readonly notes: readonly string[]
  /** Why Cluster API refuses the Cluster or its ClusterClass before any patch, one sentence each. The render goes on. */
  readonly refusals: readonly string[]
}

/** One patch of a ClusterClass. */
export interface RenderedPatch {
  readonly name: string
  /** Of an external patch: the handler that the ClusterClass names. */
  readonly handler?: string
  /** Of an external patch whose handler was called. */
  readonly request?: JsonObject
  readonly answer?: JsonObject
  /**
   * `disabled`: enabledIf is false; `unknown`: the extension, or what an inline patch makes, is not known, and the render goes
   * on without it; `failed`: the controller refuses it.
   */
  readonly state: 'applied' | 'disabled' | 'unknown' | 'failed'
  /** Of `failed` and `unknown`. */
  readonly message?: string
  /** The templates that it changed. */
  readonly changed: readonly ChangedTemplate[]
  /** uids of the templates that an inline patch selects; of an external one those that it changed. */
  readonly matched: readonly string[]
  /** Rules that the answer does not keep, such as a part of a patch that the controller drops. */
  readonly findings: readonly Finding[]
}

/** A template that a patch changed. */
export interface ChangedTemplate {
  readonly uid: string
  readonly before: JsonObject
  readonly after: JsonObject
}

/** One call of ValidateTopology. */
export interface RenderedValidation {
  readonly patch: string
  readonly handler: string
  readonly request: JsonObject
  /** undefined: the extension is not known. */
  readonly answer: JsonObject | undefined
}
