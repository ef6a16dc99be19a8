import type { JsonObject } from '../json/json.ts'

/** What a change of templates means for the Machines of a holder. */
export type Verdict = 'nothing' | 'in place' | 'rolls out' | 'provider decides' | 'could not tell'

/** A field of a template that differs. */
export interface Change {
  /** From the root of the template, such as `spec.template.spec.files[0].content`. */
  readonly path: string
  /** Undefined: the field was not there. Of a list whose items stand in another order: their names. */
  readonly before: unknown
  /** Undefined: the field is not there any more. */
  readonly after: unknown
  /** The kind of the template, such as `KubeadmConfigTemplate`. */
  readonly template: string
}

/** A rule of Cluster API. */
export interface Rule {
  readonly rule: string
  /** The file of Cluster API v1.14.2 that it was read from. */
  readonly file: string
}

/** What a change means for one part of a Cluster. */
export interface HolderVerdict {
  /** Namespace and name, such as `default/demo`. */
  readonly cluster: string
  /** `control plane`, `MachineDeployment md-0`, `MachinePool mp-0` or `infrastructure cluster`. */
  readonly holder: string
  readonly verdict: Verdict
  /** How many Machines get a new state, in place or by replacement; undefined: all Machines of the holder. */
  readonly machines?: number
  /** How many of them are updated in place, where that is known. */
  readonly inPlace?: number
  /** How many of them are replaced, where that is known. */
  readonly replaced?: number
  readonly changes: readonly Change[]
  /** The rules that decided. */
  readonly rules: readonly Rule[]
  /** What would help to tell more. */
  readonly needs?: string
}

/** What is known besides the templates. */
export interface Knowledge {
  /** Objects of the management cluster. */
  readonly objects?: readonly JsonObject[]
  /** Calls the extension that updates in place, with a request without settings; undefined: it does not serve the hook. */
  readonly canUpdate?: (
    hook: 'CanUpdateMachine' | 'CanUpdateMachineSet',
    request: JsonObject,
  ) => Promise<JsonObject | undefined>
  /** Sets the defaults of a CustomResourceDefinition. */
  readonly complete?: (object: JsonObject) => JsonObject
}

/** What a change of one template means. */
export interface Effect {
  readonly verdict: Verdict
  /** Of 'rolls out' where it is not all Machines of the holder: how many, and of a control plane which ones. */
  readonly machines?: number
  readonly rolls?: { readonly init: boolean; readonly join: boolean }
  /** Whether no extension is asked to update in place. */
  readonly isForReplacement?: boolean
  readonly changes: readonly Change[]
  readonly rules: readonly Rule[]
  readonly needs?: string
}

/** What stored objects tell more of a holder that rolls out. */
export type Refinement = Partial<
  Pick<HolderVerdict, 'verdict' | 'machines' | 'inPlace' | 'replaced' | 'rules' | 'needs'>
>

const byGravity: readonly Verdict[] = [
  'nothing',
  'in place',
  'provider decides',
  'rolls out',
  // It may stop the Cluster, whatever else would come about.
  'could not tell',
]

/** The verdict that matters most. */
export function gravest(verdicts: readonly Verdict[]): Verdict {
  const gravity = Math.max(0, ...verdicts.map((verdict) => byGravity.indexOf(verdict)))
  return byGravity[gravity] ?? 'nothing'
}
