/** A `break` fails the run: the controller refuses the answer, loses a part of it, or harms the Cluster. */
type Level = 'break' | 'warning'

/** One rule that an extension keeps. */
export interface Rule {
  readonly level: Level
  /** The rule in one sentence. */
  readonly rule: string
  /** The file or page of Cluster API v1.14 that makes it a rule. */
  readonly source: string
}

const client = 'internal/runtime/client/client.go'
const engine = 'core/reconcilers/topology/cluster/patches/engine.go'
const plan = 'exp/topology/desiredstate/upgrade_plan.go'
const variables = 'internal/topology/variables/clusterclass_variable_validation.go'
const book = 'book: implement-extensions.md'
const lifecycleBook = 'book: implement-lifecycle-hooks.md'
const mutationBook = 'book: implement-topology-mutation-hook.md'

function breaks(rule: string, source: string): Rule {
  return { level: 'break', rule, source }
}

function warns(rule: string, source: string): Rule {
  return { level: 'warning', rule, source }
}

/** Every rule that the simulator checks, by its stable identifier. */
export const rules = {
  'no-answer': breaks('Every call is answered.', client),
  timeout: breaks('The whole answer arrives within the timeoutSeconds of the handler.', client),
  'http-status': breaks(
    'The HTTP status is 200, whatever the answer says. No redirect is followed.',
    client,
  ),
  'body-size': breaks('An answer has at most 20 MiB.', client),
  undecodable: breaks(
    'The body is the JSON of the response of this hook, with the right types.',
    client,
  ),
  'unknown-field': warns(
    'An answer has no fields that its hook does not know: they are lost.',
    client,
  ),
  'missing-field': warns(
    'Required fields are there: the controller reads a missing one as zero.',
    client,
  ),

  'unknown-status': breaks('The status is Success or Failure, in this spelling.', client),
  'failure-message': breaks('A Failure has a message: it is all that the user sees.', client),
  'block-message': warns(
    'An answer with retryAfterSeconds says in its message what it waits for.',
    lifecycleBook,
  ),
  'changing-message': breaks(
    'Messages are deterministic: a time, counter or address makes the controller write conditions for ever.',
    book,
  ),
  'changing-answer': breaks('The same request gets the same answer.', book),
  'negative-retry': breaks(
    'retryAfterSeconds is 0 or more.',
    'api/runtime/hooks/v1alpha1/common_types.go',
  ),
  'retry-ignored': warns(
    'Only hooks that can block have retryAfterSeconds: of AfterControlPlaneInitialized it is ignored.',
    'api/runtime/hooks/v1alpha1/lifecyclehooks_types.go',
  ),
  slow: warns('Topology hooks answer within 200 ms: they run at every reconcile.', mutationBook),
  'not-idempotent': breaks(
    'A hook that is called again after it succeeded gives the same outcome.',
    book,
  ),
  failure: breaks(
    'The hooks of a healthy Cluster succeed: a Failure that stays stops the Cluster.',
    client,
  ),
  'blocked-too-long': breaks('No hook blocks longer than --max-block seconds in all.', 'simulator'),

  'handler-name': breaks('A handler name is a DNS-1123 label.', client),
  'handler-unique': breaks('No two handlers have the same name.', client),
  'handler-timeout': breaks('timeoutSeconds is from 0 to 30; left out it is 10.', client),
  'handler-failure-policy': breaks('failurePolicy is Fail or Ignore; left out it is Fail.', client),
  'handler-hook': breaks('requestHook names a hook of the Runtime SDK catalog.', client),
  'handler-single': breaks(
    'An in-place update hook has one handler.',
    'core/reconcilers/machine/machine_controller_inplace_update.go',
  ),
  'handler-missing': breaks(
    'Who can update Machines in place has a handler for UpdateMachine too.',
    'core/reconcilers/machine/machine_controller_inplace_update.go',
  ),

  'variable-name': breaks('A variable has a name without ".", other than builtin.', variables),
  'variable-unique': breaks('No two variables have the same name.', variables),
  'variable-metadata': breaks('Labels and annotations of a variable are valid ones.', variables),
  'variable-schema': breaks(
    'The schema of a variable is a structural schema.',
    `${variables}, apiextensions-apiserver/pkg/apiserver/schema/validation.go`,
  ),
  'variable-rule-bounds': breaks(
    'Every list, map and string below a CEL rule has maxItems, maxProperties or maxLength. Without them most rules cost too much; what a rule costs is not computed here.',
    `${variables}, apiserver/pkg/cel/common/schemas.go`,
  ),
  'variable-value': breaks(
    'default, example and enum of a schema are valid by that schema.',
    variables,
  ),
  'variable-conflict': breaks(
    'Handlers that discover a variable of one name agree on it.',
    'core/reconcilers/clusterclass/clusterclass_controller.go',
  ),

  'patch-uid': breaks('A patch names the uid of an item of its request.', engine),
  'patch-format': breaks(
    'A patch is base64 of a JSON patch (RFC 6902) or JSON merge patch (RFC 7386).',
    engine,
  ),
  'patch-apply': breaks(
    'A patch applies to its object. Parents of an added field must exist.',
    engine,
  ),
  'patch-dropped': breaks(
    'A patch changes only what the controller keeps: all else is lost in silence.',
    engine,
  ),
  'patch-overridden': warns(
    'A patch leaves fields alone that Cluster or ClusterClass override when they set them.',
    engine,
  ),
  'patch-changing': breaks(
    'The same input gives the same patches, whatever the order and uids of the items: a patch that changes rolls out every Machine.',
    mutationBook,
  ),

  'plan-version': breaks('A plan holds versions.', plan),
  'plan-not-needed': breaks('A control plane at its target gets an empty plan.', plan),
  'plan-order': breaks('The versions of the control plane rise.', plan),
  'plan-skips-minor': breaks('The control plane goes through every minor.', plan),
  'plan-end': breaks('The plan of the control plane ends exactly at the target.', plan),
  'workers-plan-not-needed': breaks(
    'No workers, or workers at their target, get an empty plan.',
    plan,
  ),
  'workers-plan-foreign': breaks(
    'Workers go only to versions of the plan of the control plane or to its current one.',
    plan,
  ),
  'workers-plan-order': breaks('The versions of the workers rise.', plan),
  'workers-plan-build-order': breaks(
    'Workers take versions that differ in build tags only in the order of the control plane.',
    plan,
  ),
  'workers-plan-skew': breaks('Workers go up at most three minors in one step.', plan),
  'workers-plan-end': breaks('The plan of the workers ends exactly at the target.', plan),
} as const satisfies Record<string, Rule>

/** The identifier of a rule. */
export type RuleId = keyof typeof rules

/** A rule that an answer does not keep. */
export interface Finding {
  readonly rule: RuleId
  readonly level: Level
  /** What was found, in one line. */
  readonly detail: string
}

/** Says that an answer does not keep a rule. */
export function finding(rule: RuleId, detail: string): Finding {
  return { rule, level: rules[rule].level, detail }
}

/** The rules as rows of a Markdown table, for the README. */
export function rulesMarkdown(): string {
  const rows = Object.entries(rules).map(
    ([id, { level, rule, source }]) => `| \`${id}\` | ${level} | ${rule} | ${source} |`,
  )
  return ['| identifier | level | rule | source |', '| --- | --- | --- | --- |', ...rows].join('\n')
}
