import { type JsonObject, objectAt } from '../json/json.ts'
import { kubernetesApi } from '../kubernetes/request.ts'
import { answerCache } from './answer-cache.ts'

/** Whether somebody may read metrics: as Kubernetes answers, 401 for who is unknown, 403 for who may not. */
export type Verdict = 'allowed' | 'unauthenticated' | 'forbidden'

/** Asks who a bearer token belongs to, and whether they may GET the path. */
export type Authorize = (token: string, path: string) => Promise<Verdict>

const seconds = 1000
// As controller-runtime has them (pkg/metrics/filters).
const lifetimes = { token: 60 * seconds, allowed: 300 * seconds, denied: 30 * seconds }
// Far above the number of those who read metrics: a bound of the memory, no more.
const entries = 1000

/**
 * Asks the API server, as Cluster API's own diagnostics do: TokenReview, then SubjectAccessReview. Its answers are kept:
 * a token for 1 minute, a permission for 5 minutes, a refusal for 30 seconds, at most 1000 of each review. An error is not
 * kept, nor is a token that the API server could not judge.
 *
 * @param kubeconfig The content of a kubeconfig file; the cluster around unless given.
 * @param now The time in milliseconds.
 */
export function kubernetesAuthorize(kubeconfig?: string, now = () => performance.now()): Authorize {
  const api = kubernetesApi(kubeconfig)
  const review = async (group: string, kind: string, spec: object) => {
    const apiVersion = `${group}.k8s.io/v1`
    const path = `/apis/${apiVersion}/${kind.toLowerCase()}s`
    return objectAt(await api('POST', path, { apiVersion, kind, spec }), ['status']) ?? {}
  }
  const tokens = answerCache<JsonObject>({
    entries,
    now,
    lifetimeMilliseconds: ({ error = '' }) => (error === '' ? lifetimes.token : 0),
  })
  const accesses = answerCache<Verdict>({
    entries,
    now,
    lifetimeMilliseconds: (verdict) =>
      verdict === 'allowed' ? lifetimes.allowed : lifetimes.denied,
  })
  return async (token, path) => {
    const tokenReview = await tokens(token, () =>
      review('authentication', 'TokenReview', { token }),
    )
    const { username, ...rest } = objectAt(tokenReview, ['user']) ?? {}
    if (tokenReview['authenticated'] !== true || username === undefined) return 'unauthenticated'
    const spec = { ...rest, user: username, nonResourceAttributes: { path, verb: 'get' } }
    return accesses(JSON.stringify(spec), async () => {
      const { allowed, denied } = await review('authorization', 'SubjectAccessReview', spec)
      return allowed === true && denied !== true ? 'allowed' : 'forbidden'
    })
  }
}
