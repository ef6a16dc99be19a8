import { isObject, objectAt } from '../json/json.ts'
import { ApiError } from './request.ts'

/** What was asked of the API server. */
export type Verb = 'get' | 'list' | 'create' | 'patch' | 'apply'

/** The object that was meant, or all of a kind. */
export interface Target {
  apiVersion: string
  kind: string
  namespace?: string
  name?: string
}

/** The word of metav1.StatusReason that the API server gave, such as NotFound. */
export function statusReasonOf(error: unknown): string | undefined {
  const reason = error instanceof ApiError ? error.status['reason'] : undefined
  return typeof reason === 'string' && reason !== '' ? reason : undefined
}

/** The error with a message that says what could not be done, why, and what to do about it. */
export function explain(error: unknown, verb: Verb, target: Target): ApiError {
  const describe = (why: string) => `cannot ${verb} ${subjectOf(target)}: ${why}`
  if (!(error instanceof ApiError))
    return new ApiError(0, { message: describe('no answer from the API server'), cause: error })
  const { code, status } = error
  return new ApiError(code, { message: describe(whyOf(error, target)), status })
}

function subjectOf({ kind, namespace, name }: Target): string {
  if (name === undefined) return namespace === undefined ? kind : `${kind} in ${namespace}`
  // What is no name is named by the reason.
  return `${kind} ${[namespace, name].filter(Boolean).join('/').slice(0, 320)}`
}

function whyOf(error: ApiError, { namespace }: Target): string {
  const { code, status, message } = error
  const reason = statusReasonOf(error)
  if (code === 0 || (code === 404 && reason === undefined)) return message
  const details = objectAt(status, ['details'])
  const causes = (Array.isArray(details?.['causes']) ? details['causes'] : []).filter(isObject)
  switch (reason) {
    case 'Forbidden': {
      const rule = missingRule(String(status['message']))
      if (rule === undefined) return 'Forbidden by the API server, its words are in the log'
      const role = namespace === undefined ? 'ClusterRole, bound in all namespaces' : 'role'
      return `Forbidden, add to the ${role}: ${rule}`
    }
    case 'NotFound':
      return `NotFound, ${details?.['kind']} ${details?.['name']}`
    case 'Invalid': {
      const fields = new Set(causes.map(({ field }) => field))
      return ['Invalid', ...[...fields].slice(0, 3)].join(', ')
    }
    default:
      return reason ?? message
  }
}

/** The rule that the API server missed, in words that it has for it since Kubernetes 1.6. */
function missingRule(message: string): string | undefined {
  const [, verb, resource, group] =
    / cannot (\S+) resource "([^"]+)" in API group "([^"]*)"/.exec(message) ?? []
  if (verb === undefined) return undefined
  return `{apiGroups: [${group || '""'}], resources: [${resource}], verbs: [${verb}]}`
}
