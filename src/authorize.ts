/** Whether somebody may read metrics: as Kubernetes answers, 401 for who is unknown, 403 for who may not. */
export type Verdict = 'allowed' | 'unauthenticated' | 'forbidden'

/** Asks who a bearer token belongs to, and whether they may GET the path. */
export type Authorize = (token: string, path: string) => Promise<Verdict>

/**
 * Asks the API server, as Cluster API's own diagnostics do: TokenReview, then SubjectAccessReview. The
 * client is loaded by the first question.
 *
 * @param kubeconfig The content of a kubeconfig file; the cluster around unless given.
 */
export function kubernetesAuthorize(kubeconfig?: string): Authorize {
  let client: ReturnType<typeof connect> | undefined
  return async (token, path) => {
    client ??= connect(kubeconfig)
    const { authentication, authorization } = await client
    const { status } = await authentication.createTokenReview({ body: { spec: { token } } })
    const { username, uid, groups, extra } = status?.user ?? {}
    if (!status?.authenticated || username === undefined) return 'unauthenticated'
    const review = await authorization.createSubjectAccessReview({
      body: {
        spec: {
          user: username,
          ...(uid !== undefined && { uid }),
          ...(groups && { groups }),
          ...(extra && { extra }),
          nonResourceAttributes: { path, verb: 'get' },
        },
      },
    })
    return review.status?.allowed ? 'allowed' : 'forbidden'
  }
}

async function connect(kubeconfig: string | undefined) {
  const { AuthenticationV1Api, AuthorizationV1Api, KubeConfig } = await import(
    '@kubernetes/client-node'
  )
  const config = new KubeConfig()
  if (kubeconfig === undefined) config.loadFromCluster()
  else config.loadFromString(kubeconfig)
  return {
    authentication: config.makeApiClient(AuthenticationV1Api),
    authorization: config.makeApiClient(AuthorizationV1Api),
  }
}
