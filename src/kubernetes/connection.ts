import { readFile } from 'node:fs/promises'
import type { RequestOptions } from 'node:https'
import { isAbsolute } from 'node:path'
import { isObject, type JsonObject } from '../json/json.ts'

/** How to reach an API server. */
export interface KubernetesConnection {
  /** Its address without a slash at the end. It may have a path of its own, as behind Rancher. */
  readonly server: string
  /** What a request brings along: TLS, and who asks. */
  options(): Promise<RequestOptions>
}

const serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount'
// A token lives an hour and is renewed long before: as client-go does, it is read again after a minute.
const rereadMilliseconds = 60_000

/** The API server of the cluster around, as the ServiceAccount of the pod. */
export function connectionOfPod(
  environment: NodeJS.ProcessEnv,
  directory = serviceAccount,
): KubernetesConnection {
  const { KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '443' } = environment
  return {
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    options: reread(async () => {
      const [ca, token] = await Promise.all(
        ['ca.crt', 'token'].map((name) => readFile(`${directory}/${name}`, 'utf8')),
      )
      return { ...(ca && { ca }), headers: { Authorization: `Bearer ${token?.trim()}` } }
    }),
  }
}

/**
 * The API server of a kubeconfig's current context. Rejects for what the kubeconfig leaves open, and for plugins that
 * get credentials, which only development has.
 */
export async function connectionOfKubeconfig(content: string): Promise<KubernetesConnection> {
  const { load } = await import('js-yaml')
  const kubeconfig = load(content)
  const current = isObject(kubeconfig) ? kubeconfig['current-context'] : undefined
  const context = entry(kubeconfig, 'context', current)
  const cluster = entry(kubeconfig, 'cluster', context['cluster'])
  const user = entry(kubeconfig, 'user', context['user'])
  if (user['exec'] || user['auth-provider'] || cluster['proxy-url']) {
    // In this order, so that the bundle has nothing of the import.
    if (process.env['NODE_ENV'] !== 'production') {
      const { pluginConnection } = await import('./plugins.ts').catch(sayWhatIsMissing)
      return pluginConnection(content)
    }
    throw new Error(
      'the kubeconfig needs a plugin or a proxy, which the image does not have: use a token or a certificate',
    )
  }
  const server = text(cluster, 'server')
  if (server === undefined) throw new Error('the kubeconfig names no server')
  return {
    server: server.replace(/\/$/, ''),
    options: reread(async () => {
      const [ca, cert, key, token] = await Promise.all([
        dataOf(cluster, 'certificate-authority'),
        dataOf(user, 'client-certificate'),
        dataOf(user, 'client-key'),
        tokenOf(user),
      ])
      const servername = text(cluster, 'tls-server-name')
      const [name, password] = [text(user, 'username'), text(user, 'password')]
      return {
        ...(ca && { ca }),
        ...(cert && { cert }),
        ...(key && { key }),
        ...(servername && { servername }),
        ...(cluster['insecure-skip-tls-verify'] === true && { rejectUnauthorized: false }),
        ...(name !== undefined && password !== undefined && { auth: `${name}:${password}` }),
        ...(token && { headers: { Authorization: `Bearer ${token}` } }),
      }
    }),
  }
}

function sayWhatIsMissing(error: Error): never {
  if (!error.message.includes("'@kubernetes/client-node'")) throw error
  throw new Error(
    'the kubeconfig needs a plugin or a proxy, and @kubernetes/client-node, which has them, is not installed: npm install --save-dev @kubernetes/client-node',
  )
}

/** Reads at most once a minute; what could not be read is read again. */
function reread(read: () => Promise<RequestOptions>): () => Promise<RequestOptions> {
  let last: { options: Promise<RequestOptions>; until: number } | undefined
  return async () => {
    if (!last || performance.now() > last.until)
      last = { options: read(), until: performance.now() + rereadMilliseconds }
    const { options } = last
    options.catch(() => {
      last = undefined
    })
    return options
  }
}

/** What a kubeconfig says of a context, cluster or user by its name; nothing of one that it does not name. */
function entry(
  kubeconfig: unknown,
  kind: 'context' | 'cluster' | 'user',
  name: unknown,
): JsonObject {
  const list = isObject(kubeconfig) ? kubeconfig[`${kind}s`] : undefined
  const found: unknown = Array.isArray(list)
    ? list.find((one: unknown) => isObject(one) && one['name'] === name)
    : undefined
  const value = isObject(found) ? found[kind] : undefined
  return isObject(value) ? value : {}
}

function text(object: JsonObject, key: string): string | undefined {
  const value = object[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** What `<key>-data` holds, else the file that `<key>` names. */
async function dataOf(object: JsonObject, key: string): Promise<Buffer | undefined> {
  const data = text(object, `${key}-data`)
  if (data !== undefined) return Buffer.from(data, 'base64')
  const path = text(object, key)
  return path === undefined ? undefined : readFile(absolute(path))
}

async function tokenOf(user: JsonObject): Promise<string | undefined> {
  const path = text(user, 'tokenFile')
  return path === undefined ? text(user, 'token') : (await readFile(absolute(path), 'utf8')).trim()
}

function absolute(path: string): string {
  if (isAbsolute(path)) return path
  throw new Error(`the kubeconfig names the file ${path}: give its whole path`)
}
