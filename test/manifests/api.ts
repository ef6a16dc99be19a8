import { once } from 'node:events'
import { request } from 'node:https'
import { text } from 'node:stream/consumers'
import type { KubeConfig, KubernetesObject } from '@kubernetes/client-node'

/** An object of any kind. */
export type Resource = KubernetesObject & Record<string, unknown>

/** What the API server answered, with the warnings that kubectl would print. */
export interface Answer {
  code: number
  warnings: string[]
  body: Record<string, unknown>
}

/** Calls the API server of a configuration, and keeps what clients throw away: the Warning headers. */
export function connect(config: KubeConfig) {
  async function call(
    method: string,
    path: string,
    body?: unknown,
    type = 'application/json',
  ): Promise<Answer> {
    const options = { method, headers: { 'content-type': type } }
    await config.applyToHTTPSOptions(options)
    const message = request(new URL(path, config.getCurrentCluster()?.server), options)
    message.end(body === undefined ? undefined : JSON.stringify(body))
    const [response] = await once(message, 'response')
    const { statusCode: code, headers } = response
    const content = await text(response)
    const warnings = headers.warning ? [headers.warning] : []
    return { code, warnings, body: content.startsWith('{') ? JSON.parse(content) : { content } }
  }

  async function pathOf({ apiVersion = '', kind, metadata }: Resource): Promise<string> {
    const group = `${apiVersion.includes('/') ? '/apis' : '/api'}/${apiVersion}`
    const { body } = await call('GET', group)
    const resources = Array.isArray(body['resources']) ? body['resources'] : []
    const found = resources.find((one) => one.kind === kind && !one.name.includes('/'))
    if (!found) throw new Error(`the API server has no ${kind} in ${apiVersion}`)
    const namespace = found.namespaced ? `/namespaces/${metadata?.namespace ?? 'default'}` : ''
    return `${group}${namespace}/${found.name}`
  }

  return {
    call,
    /** Applies on the server's side, and refuses fields that the kind does not have. */
    async apply(resource: Resource, more = ''): Promise<Answer> {
      const path = `${await pathOf(resource)}/${resource.metadata?.name}`
      const query = `?fieldManager=test&fieldValidation=Strict${more}`
      return call('PATCH', path + query, resource, 'application/apply-patch+yaml')
    },
    /** Asks for an object to be created, without keeping it. */
    async dryRun(resource: Resource): Promise<Answer> {
      return call('POST', `${await pathOf(resource)}?dryRun=All&fieldValidation=Strict`, resource)
    },
  }
}
