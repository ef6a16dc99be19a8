import type { KubeConfig } from '@kubernetes/client-node'
import { expect } from 'vitest'
import type { connect, Resource } from './api.ts'

/** What a ServiceAccount may do. */
export interface Rule {
  apiGroups: string[]
  resources: string[]
  verbs: string[]
}

const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1' }

/** Makes a ServiceAccount with rules for the namespace default: the content of a kubeconfig with its token. */
export async function createAccount(
  api: ReturnType<typeof connect>,
  config: KubeConfig,
  name: string,
  rules: readonly Rule[],
): Promise<string> {
  const metadata = { name, namespace: 'default' }
  const objects: Resource[] = [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    { ...rbac, kind: 'Role', metadata, rules },
    {
      ...rbac,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', ...metadata }],
    },
  ]
  for (const object of objects) expect([200, 201]).toContain((await api.apply(object)).code)
  const path = `/api/v1/namespaces/default/serviceaccounts/${name}/token`
  const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} }
  const { body } = await api.call('POST', path, request)
  const cluster = config.getCurrentCluster()
  return JSON.stringify({
    'current-context': name,
    contexts: [{ name, context: { cluster: name, user: name } }],
    clusters: [
      {
        name,
        cluster: { server: cluster?.server, 'certificate-authority-data': cluster?.caData },
      },
    ],
    users: [{ name, user: { token: Object(body['status']).token } }],
  })
}
