export { type PatchCall, patchTemplate } from './template-patch.ts'
export { templateType } from './template-type.ts'
export { defineVariables, variable } from './variables.ts'
export { walkTemplates } from './walk-templates.ts'
