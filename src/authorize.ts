import { objectAt } from './json.ts'
import { kubernetesApi } from './kubernetes-api.ts'

/** Whether somebody may read metrics: as Kubernetes answers, 401 for who is unknown, 403 for who may not. */
export type Verdict = 'allowed' | 'unauthenticated' | 'forbidden'

/** Asks who a bearer token belongs to, and whether they may GET the path. */
export type Authorize = (token: string, path: string) => Promise<Verdict>

/**
 * Asks the API server, as Cluster API's own diagnostics do: TokenReview, then SubjectAccessReview.
 *
 * @param kubeconfig The content of a kubeconfig file; the cluster around unless given.
 */
export function kubernetesAuthorize(kubeconfig?: string): Authorize {
  const api = kubernetesApi(kubeconfig)
  const review = async (group: string, kind: string, spec: object) => {
    const apiVersion = `${group}.k8s.io/v1`
    const path = `/apis/${apiVersion}/${kind.toLowerCase()}s`
    return objectAt(await api('POST', path, { apiVersion, kind, spec }), ['status']) ?? {}
  }
  return async (token, path) => {
    const tokenReview = await review('authentication', 'TokenReview', { token })
    const { username, ...rest } = objectAt(tokenReview, ['user']) ?? {}
    if (tokenReview['authenticated'] !== true || username === undefined) return 'unauthenticated'
    const { allowed } = await review('authorization', 'SubjectAccessReview', {
      ...rest,
      user: username,
      nonResourceAttributes: { path, verb: 'get' },
    })
    return allowed === true ? 'allowed' : 'forbidden'
  }
}
