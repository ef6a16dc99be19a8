import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { text } from 'node:stream/consumers'

/** Where an extension listens, and the authority of its certificate. */
export interface Address {
  readonly port: number
  readonly ca: string
}

/** Calls BeforeClusterCreate as the controllers do: the answer. Rejects with the text of what is none. */
export async function createCluster(
  { port, ca }: Address,
  settings: Record<string, string> = {},
): Promise<unknown> {
  const path = '/hooks.runtime.cluster.x-k8s.io/v1alpha1/beforeclustercreate/before-cluster-create'
  const options = { host: '127.0.0.1', port, path, method: 'POST', ca: readFileSync(ca) }
  const message = request({ ...options, agent: false })
  const metadata = { name: 'demo', namespace: 'team' }
  message.end(JSON.stringify({ settings, cluster: { metadata, spec: {} } }))
  const [response] = await once(message, 'response')
  const body = await text(response)
  if (response.statusCode !== 200) throw new Error(body)
  return JSON.parse(body)
}
