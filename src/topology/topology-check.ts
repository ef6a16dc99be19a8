import type { Log } from '../observability/log.ts'
import type { Refusal, Refusing, RefusingFunction } from './template-function.ts'
import type { TemplateVariables } from './template-variables.ts'
import type { Templates } from './templates.ts'

/**
 * What a check of the whole topology gets; its variables are those of the request, without overrides.
 *
 * @example
 * ```ts
 * function checkNames({ templates }: TopologyCall<Values>) {
 *   if (templates.machineDeployments.length <= 10) return
 *   return { status: 'Failure', message: 'A Cluster has 10 MachineDeployments at most' } as const
 * }
 * const check = checkTopology(checkNames)
 * ```
 */
export interface TopologyCall<Values> extends TemplateVariables<Values> {
  /** All templates of the request. */
  readonly templates: Templates<Values>
  /** Logs with the Cluster. */
  readonly log: Log
}

/**
 * A check of a topology as a whole, made by `checkTopology`.
 *
 * @example
 * ```ts
 * const check: TopologyCheck<Values> = checkTopology(({ templates }) => {
 *   if (templates.machineDeployments.includes('spare'))
 *     return { status: 'Failure', message: 'The name spare is taken' }
 *   return
 * })
 * ```
 */
export interface TopologyCheck<Values> {
  readonly checkTopology: RefusingFunction<TopologyCall<Values>>
}

/**
 * A check that runs once for a request, for what no template tells alone. It accepts and refuses as a check
 * of a template does.
 *
 * @example
 * ```ts
 * checkTopology(({ templates }) => {
 *   const imageOf = ({ template }: TemplateCall<AWSMachineTemplate, unknown>) =>
 *     template.spec.template.spec.ami?.id
 *   const [controlPlane] = templates.ofType(AWSMachineTemplate, {
 *     matchResources: { controlPlane: true },
 *   })
 *   const other = templates
 *     .ofType(AWSMachineTemplate)
 *     .find((call) => controlPlane && imageOf(call) !== imageOf(controlPlane))
 *   if (!other) return
 *   const { kind, topologyName } = other.holder
 *   return {
 *     status: 'Failure',
 *     message: `${kind} ${topologyName} has another image than the control plane`,
 *   }
 * })
 * ```
 */
export function checkTopology<Values, Returned = Refusal>(
  check: Refusing<TopologyCall<Values>, Returned>,
): TopologyCheck<Values> {
  // The compiler cannot call what may be a sentence.
  return { checkTopology: check as RefusingFunction<TopologyCall<Values>> }
}
