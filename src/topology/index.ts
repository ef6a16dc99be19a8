// 'capi-extension/topology': variables, patches and checks of templates.

export type { Builtins } from './builtins.ts'
export { type OptionalOutput, VariableError } from './check-value.ts'
export type { Holder } from './holder.ts'
export type { MatchResources } from './match-resources.ts'
export type { TemplateCall } from './template-call.ts'
export { type CheckCall, checkTemplate, type TemplateCheck } from './template-check.ts'
export {
  type PatchCall,
  patchTemplate,
  type TemplatePatch,
  type TemplatePatches,
} from './template-patch.ts'
export { type TemplateType, templateType } from './template-type.ts'
export type { Templates } from './templates.ts'
export { checkTopology, type TopologyCall, type TopologyCheck } from './topology-check.ts'
export { validateTemplates } from './validate-templates.ts'
export { getVariable } from './variable-values.ts'
export {
  defineVariables,
  type ValuesOf,
  type VariableDeclaration,
  type VariableOptions,
  type Variables,
  variable,
} from './variables.ts'
export type { WalkOptions } from './walk.ts'
export { type WalkTemplatesOptions, walkTemplates } from './walk-templates.ts'
