import type { Services } from 'capi-extension'
import * as v from 'valibot'

const answerSchema = v.object({ clustersLeft: v.number() })

/** The team's service that counts Clusters, and is told of new ones. */
export interface QuotaService {
  clustersLeft(namespace: string): Promise<number>
  tell(namespace: string, cluster: string, idempotencyKey: string): Promise<void>
}

export function createQuotaService({
  api,
  settings,
  signal,
}: Pick<Services, 'api' | 'settings' | 'signal'>): QuotaService {
  async function send(namespace: string, path: string, init: RequestInit = {}): Promise<Response> {
    const secret = await api.get<{ data?: Record<string, string> }>({
      apiVersion: 'v1',
      kind: 'Secret',
      namespace,
      name: settings.quotaSecret,
    })
    const token = Buffer.from(secret?.data?.['token'] ?? '', 'base64').toString()
    const headers = { Authorization: `Bearer ${token}`, ...init.headers }
    const response = await fetch(`${settings.quotaUrl}${path}`, { ...init, headers, signal })
    if (!response.ok) throw new Error(`the quota service answered ${response.status}`)
    return response
  }
  return {
    async clustersLeft(namespace) {
      const answer = await send(namespace, `/namespaces/${namespace}`)
      return v.parse(answerSchema, await answer.json()).clustersLeft
    },
    async tell(namespace, cluster, idempotencyKey) {
      const headers = { 'Idempotency-Key': idempotencyKey }
      await send(namespace, `/namespaces/${namespace}/clusters/${cluster}`, {
        method: 'PUT',
        headers,
      })
    },
  }
}
