import { type JsonObject, objectAt } from '../json/json.ts'
import { kubernetesApi } from '../kubernetes/request.ts'
import { answerCache } from './answer-cache.ts'

/** Whether somebody may read metrics. Like Kubernetes: 401 for a token that nobody has, 403 for one that is not enough. */
export type Verdict = 'allowed' | 'unauthenticated' | 'forbidden'

/** Asks whose token it is, and whether they may GET the path. */
export type Authorize = (token: string, path: string) => Promise<Verdict>

// The same as in controller-runtime (pkg/metrics/filters).
const tokenLifetimeMilliseconds = 60_000
const allowedLifetimeMilliseconds = 300_000
const deniedLifetimeMilliseconds = 30_000
// Bounds the memory. There are far fewer who read metrics.
const entries = 1000

/**
 * Asks the API server, like Cluster API's own diagnostics: TokenReview, then SubjectAccessReview. Its answers are kept: a
 * token for 1 minute, a permission for 5 minutes, a refusal for 30 seconds, at most 1000 of each review. An error is not
 * kept, and neither is the answer for a token that the API server could not check.
 *
 * @param kubeconfig The content of a kubeconfig file; unless given, the API server of the cluster around the process.
 * @param now Milliseconds of a clock that is never set back.
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
    lifetimeMilliseconds: ({ error = '' }) => (error === '' ? tokenLifetimeMilliseconds : 0),
  })
  const accesses = answerCache<Verdict>({
    entries,
    now,
    lifetimeMilliseconds: (verdict) =>
      verdict === 'allowed' ? allowedLifetimeMilliseconds : deniedLifetimeMilliseconds,
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
