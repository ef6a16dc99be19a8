// Only for development: production has no part of it, nor of what it imports.
import type { ClusterClassVariable } from '../contract/variables.ts'
import { checkVariables } from '../rules/variables.ts'

/** Throws an Error when the controllers would refuse a ClusterClass with this variable. */
export function checkDeclaration(variable: ClusterClassVariable): void {
  const [found] = checkVariables({ variables: [variable] }).findings
  const prefix = `${variable.name}: `
  if (found)
    throw new Error(
      found.detail.startsWith(prefix) ? found.detail.slice(prefix.length) : found.detail,
    )
}
