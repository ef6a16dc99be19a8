import type { RequestOf } from '../contract/contract.ts'
import type { ValidateTopology } from '../contract/topology.ts'
import type { Failure } from '../handler/reply.ts'
import { templateCall } from './template-call.ts'
import type { TemplateCheck } from './template-check.ts'
import { failureOf, firstRefusal, messageOf } from './template-function.ts'
import { variableReader } from './template-variables.ts'
import { templatesOf } from './templates.ts'
import type { TopologyCheck } from './topology-check.ts'
import { byName } from './variable-values.ts'
import { type WalkCall, type WalkOptions, walk } from './walk.ts'

type Item = NonNullable<RequestOf<typeof ValidateTopology>['items']>[number]

/**
 * Answers ValidateTopology: gives each template to the checks that are for it, in their order, and
 * then the whole topology to those that are for that.
 *
 * The answer is a Failure when a check returns one, a variable does not fit its schema, or a type is
 * unknown and must not be. Of several, the first by message counts: the request's order is random.
 * Rejects, as a bug, when a check throws, and with the reason of the call's signal when that ends
 * first. Says once in a process of each check that it has matched no template so far.
 *
 * The controllers send the variables of the ClusterClass's last patch, whatever patch names this
 * extension (Apply in topology/cluster/patches/engine.go).
 *
 * @example
 * ```ts
 * export default defineHook(ValidateTopology, (call) =>
 *   validateTemplates(call, { variables }, [
 *     checkTemplate(AWSMachineTemplate, ({ template, variables, holder }) => {
 *       const { instanceType } = template.spec.template.spec
 *       if (variables.instanceTypes.includes(instanceType)) return
 *       return {
 *         status: 'Failure',
 *         message: `${holder.kind} ${holder.topologyName} may not have ${instanceType}`,
 *       }
 *     }),
 *     checkTopology(({ templates }) => {
 *       if (templates.machineDeployments.length <= 10) return
 *       return { status: 'Failure', message: 'A Cluster has 10 MachineDeployments at most' }
 *     }),
 *   ]),
 * )
 * ```
 */
export async function validateTemplates<Values>(
  call: WalkCall<Item>,
  options: WalkOptions<Values>,
  checks: readonly (TemplateCheck<NoInfer<Values>> | TopologyCheck<NoInfer<Values>>)[],
): Promise<Failure | undefined> {
  const { request, log } = call
  const readVariables = variableReader(request.variables, options.variables)
  const templates = templatesOf(request.items ?? [], readVariables, log)
  const ofTemplates = checks.filter((check) => 'type' in check)
  const failures = await walk(call, options, 'check', ofTemplates, (item, matching, known) => {
    const checkCall = Object.assign(templateCall(item, item.object, known, log), { templates })
    return firstRefusal(
      'check',
      matching.map(({ check }) => check),
      checkCall,
    )
  })
  for (const check of checks) {
    if ('type' in check) continue
    const topologyCall = Object.assign(readVariables(undefined), { templates, log })
    const failure = await firstRefusal('check', [check.checkTopology], topologyCall).catch(
      (error) => messageOf(error, 'checkTopology'),
    )
    if (failure !== undefined) failures.push(failure)
  }
  const sent = byName(request.variables)
  const notSent = options.variables.definitions
    .filter(({ name, required }) => required && !Object.hasOwn(sent, name))
    .map(({ name }) => `variable "${name}": required`)
  return failureOf(failures.map((message) => (notSent.includes(message) ? message + why : message)))
}

const why =
  ", but not sent: the controller sends the variables of the ClusterClass's last patch, so make this extension's patch the last"
