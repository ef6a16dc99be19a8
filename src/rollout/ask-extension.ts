import type { JsonObject } from '../json/json.ts'
import { checkCanUpdate } from '../rules/in-place.ts'
import type { Knowledge } from './verdict.ts'

/** Whether an extension can update in place; or why nobody knows. */
export type CanUpdate = boolean | { readonly needs: string }

/** Asks an extension, and judges its answer as the controllers do. */
export async function askExtension(
  hook: 'CanUpdateMachine' | 'CanUpdateMachineSet',
  request: JsonObject,
  canUpdate: NonNullable<Knowledge['canUpdate']>,
): Promise<CanUpdate> {
  const answer = await canUpdate(hook, request)
  if (answer === undefined) return false
  if (answer['status'] !== 'Success')
    return {
      needs: `an answer of ${hook}: it fails with "${answer['message'] ?? ''}", and the controllers ask until it succeeds`,
    }
  const { findings, leftOver } = checkCanUpdate(hook, request, answer)
  const refused = findings.find(({ rule }) => rule === 'patch-apply' || rule === 'patch-format')
  if (refused)
    return { needs: `an answer of ${hook} that the controllers can apply: ${refused.detail}` }
  return leftOver.length === 0
}
