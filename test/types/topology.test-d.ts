// Compiled by "npm run typecheck": each line below @ts-expect-error must not compile.
import * as v from 'valibot'
import { expectTypeOf } from 'vitest'
import type { RequestOf } from '../../src/contract/contract.ts'
import { GeneratePatches, ValidateTopology } from '../../src/contract/topology.ts'
import type { Call } from '../../src/handler/context.ts'
import { defineHook } from '../../src/handler/hook.ts'
import { checkTemplate, type TemplateCheck } from '../../src/topology/template-check.ts'
import {
  type PatchCall,
  patchTemplate,
  type TemplatePatch,
} from '../../src/topology/template-patch.ts'
import { templateType } from '../../src/topology/template-type.ts'
import { checkTopology, type TopologyCheck } from '../../src/topology/topology-check.ts'
import { validateTemplates } from '../../src/topology/validate-templates.ts'
import { getVariable } from '../../src/topology/variable-values.ts'
import {
  defineVariables,
  type VariableDeclaration,
  type VariableOptions,
  variable,
} from '../../src/topology/variables.ts'
import { walkTemplates } from '../../src/topology/walk-templates.ts'

interface Machines {
  spec: { template: { spec: { image?: string; cpus?: number } } }
}
const Machines = templateType<Machines>('example.com/v1', 'MachineTemplate')

const variables = defineVariables({
  image: variable(v.string(), { required: true, example: 'a' }),
  cpus: variable(v.number()),
  memory: variable(v.number(), { default: 1 }),
  disks: variable(v.optional(v.number(), 1)),
  proxy: variable(v.object({ port: v.optional(v.number(), 80) }), { default: {} }),
  named: variable(v.optional(v.string()), { description: 'A name' }),
})
type Values = ReturnType<typeof variables.parse>

// What must compile: patches in place and named, with and without matchResources and async.
const named = patchTemplate(Machines, ({ variables }: PatchCall<Machines, Values>) => {
  if (variables.image === '') return { status: 'Failure', message: 'No image' }
  return
})
defineHook(GeneratePatches, (call) =>
  walkTemplates(call, { variables, unknownTypes: 'fail', patchType: 'JSONMergePatch' }, [
    named,
    patchTemplate(Machines, ({ template, variables, builtin, log }) => {
      template.spec.template.spec.image = variables.image
      if (variables.cpus !== undefined) template.spec.template.spec.cpus = variables.cpus
      const replicas: number | null | undefined = builtin.machineDeployment?.replicas
      log.info({ replicas }, 'Patched')
    }),
    patchTemplate(Machines, { matchResources: { controlPlane: true } }, async ({ values }) => {
      const size: string | undefined = getVariable(values, 'machine.size', v.string())
      if (size === undefined) return
      return { status: 'Failure', message: 'No size' }
    }),
  ]),
)

// Several versions: one function gets a union, which apiVersion tells apart.
interface Disks {
  apiVersion: 'example.com/v2'
  spec: { template: { spec: { disks?: { name: string }[] } } }
}
const versions = templateType<(Machines & { apiVersion: 'example.com/v1' }) | Disks>(
  ['example.com/v1', 'example.com/v2'],
  'MachineTemplate',
)
patchTemplate(versions, ({ template }) => {
  if (template.apiVersion === 'example.com/v1') template.spec.template.spec.image = 'a'
  else template.spec.template.spec.disks = [{ name: 'a' }]
  // @ts-expect-error only one of the versions has it
  template.spec.template.spec.disks = []
})

declare const call: Call<RequestOf<typeof GeneratePatches>>
const walk = (...patches: TemplatePatch<Values>[]) => walkTemplates(call, { variables }, patches)

void walk(
  patchTemplate(Machines, ({ template }) => {
    // @ts-expect-error the template has no such field
    template.spec.template.spec.picture = 'a'
  }),
  patchTemplate(Machines, ({ template, variables }) => {
    // @ts-expect-error the field is a number
    template.spec.template.spec.cpus = variables.image
  }),
  patchTemplate(Machines, ({ template, variables }) => {
    // @ts-expect-error the variable is not required and has no default, so it may be undefined
    template.spec.template.spec.cpus = variables.cpus
  }),
  patchTemplate(Machines, ({ variables }) => {
    // @ts-expect-error there is no such variable
    variables.picture
  }),
  patchTemplate(Machines, ({ builtin }) => {
    // @ts-expect-error the controller gives no such variable
    builtin.machineDeployment?.kubernetesVersion
  }),
  patchTemplate(Machines, ({ builtin }) => {
    // @ts-expect-error only templates of the control plane have it
    builtin.controlPlane.version
  }),
  // @ts-expect-error a Failure says why
  patchTemplate(Machines, () => ({ status: 'Failure' })),
  // @ts-expect-error with a message that says something
  patchTemplate(Machines, async () => ({ status: 'Failure', message: '' })),
  // @ts-expect-error a template is changed, not returned
  patchTemplate(Machines, ({ template }) => template),
  // @ts-expect-error Cluster API spells it matchResources.machineDeploymentClass
  patchTemplate(Machines, { matchResources: { machineDeployment: { names: ['*'] } } }, () => {}),
  // @ts-expect-error a class is matched by names
  patchTemplate(Machines, { matchResources: { machinePoolClass: ['*'] } }, () => {}),
)

// Checks of ValidateTopology: of templates, and of the topology.
defineHook(ValidateTopology, (call) =>
  validateTemplates(call, { variables, unknownTypes: 'fail' }, [
    checkTemplate(Machines, ({ template, variables, holder, templates }) => {
      const cpus: number | undefined = template.spec.template.spec.cpus
      if (cpus !== undefined && cpus > variables.memory)
        return { status: 'Failure', message: `${holder.topologyName} has too many CPUs` }
      const [first] = templates.ofType(versions, { matchResources: { controlPlane: true } })
      if (first?.template.apiVersion === 'example.com/v2') first.template.spec.template.spec.disks
      return
    }),
    checkTemplate(versions, { matchResources: { controlPlane: true } }, async () => {}),
    checkTopology(({ templates, variables, builtin, log }) => {
      const names: readonly string[] = templates.machineDeployments
      const image: string = variables.image
      log.info({ image, version: builtin.cluster?.topology?.version }, 'Checking')
      if (names.length > 3) return { status: 'Failure', message: 'Too many MachineDeployments' }
      return
    }),
  ]),
)

declare const validation: Call<RequestOf<typeof ValidateTopology>>
const validate = (...checks: (TemplateCheck<Values> | TopologyCheck<Values>)[]) =>
  validateTemplates(validation, { variables }, checks)
void validate(
  checkTemplate(Machines, ({ template }) => {
    // @ts-expect-error the template has no such field
    template.spec.template.spec.picture
  }),
  checkTemplate(Machines, ({ variables }) => {
    // @ts-expect-error there is no such variable
    variables.picture
  }),
  checkTopology(({ variables }) => {
    // @ts-expect-error there is no such variable
    variables.picture
  }),
  checkTopology(({ templates }) => {
    // @ts-expect-error the template has no such field
    templates.ofType(Machines)[0]?.template.spec.template.spec.picture
  }),
  // @ts-expect-error a check accepts by returning nothing
  checkTemplate(Machines, () => true),
  // @ts-expect-error a Failure says why
  checkTopology(() => ({ status: 'Failure' })),
  // @ts-expect-error a patch is no check
  patchTemplate(Machines, () => {}),
)

// What a variable with a default gives: its value, whether a Cluster sets it or not.
declare const values: Values
expectTypeOf(values).toEqualTypeOf<{
  image: string
  cpus: number | undefined
  memory: number
  disks: number
  proxy: { port: number }
  named: string | undefined
}>()
expectTypeOf(getVariable({}, 'disks', v.optional(v.number(), 1))).toEqualTypeOf<number>()
expectTypeOf(getVariable({}, 'disks', v.number())).toEqualTypeOf<number | undefined>()

// Of options that come from elsewhere nobody knows whether they have a default.
const shared = (options: VariableOptions<string>) => variable(v.string(), options)
expectTypeOf(shared).returns.toEqualTypeOf<VariableDeclaration<string | undefined>>()

// @ts-expect-error there is no such choice
void walkTemplates(call, { variables, unknownTypes: 'ignore' }, [])
// @ts-expect-error the controller knows no such patchType
void walkTemplates(call, { variables, patchType: 'Strategic' }, [])
// @ts-expect-error the example is no string
variable(v.string(), { example: 1 })
// @ts-expect-error the default is no string
variable(v.string(), { default: null })
// @ts-expect-error a field of the default is no number
variable(v.object({ port: v.number() }), { default: { port: '80' } })
// @ts-expect-error the default has a field that the schema has not
variable(v.object({ port: v.number() }), { default: { port: 80, prot: 80 } })
// @ts-expect-error there is no such option
variable(v.string(), { optional: true })
// @ts-expect-error other variables than these are walked with
void walkTemplates(call, { variables: defineVariables({ other: variable(v.string()) }) }, [named])
// @ts-expect-error not of the schema's type
getVariable({}, 'machine.size', v.string()) satisfies number | undefined
