export { type PatchCall, patchTemplate, templateType } from './template-patch.ts'
export { defineVariables, variable } from './variables.ts'
export { walkTemplates } from './walk-templates.ts'
