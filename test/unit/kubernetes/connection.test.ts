import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KubeConfig } from '@kubernetes/client-node'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { connectionOfKubeconfig, connectionOfPod } from '../../../src/kubernetes/connection.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
})

const directory = mkdtempSync(join(tmpdir(), 'connection-'))
function file(name: string, content: string): string {
  const path = join(directory, name)
  writeFileSync(path, content)
  return path
}
const base64 = (text: string) => Buffer.from(text).toString('base64')
const kubeconfig = (cluster: object, user: object) =>
  JSON.stringify({
    'current-context': 'b',
    contexts: [
      { name: 'a', context: { cluster: 'other', user: 'other' } },
      { name: 'b', context: { cluster: 'c', user: 'u' } },
    ],
    clusters: [
      { name: 'other', cluster: { server: 'https://other' } },
      { name: 'c', cluster: { server: 'https://api:6443', ...cluster } },
    ],
    users: [{ name: 'u', user }],
  })

describe('the connection of a kubeconfig', () => {
  // What the Kubernetes client for Node makes of the same kubeconfig.
  it.each([
    ['a token', {}, { token: 'secret' }],
    ['an authority as data', { 'certificate-authority-data': base64('CA') }, {}],
    ['an authority as a file', { 'certificate-authority': file('ca', 'CA') }, {}],
    ['no check of the server', { 'insecure-skip-tls-verify': true }, {}],
    ['another name of the server', { 'tls-server-name': 'kubernetes' }, {}],
    [
      'a certificate as data',
      {},
      { 'client-certificate-data': base64('CERT'), 'client-key-data': base64('KEY') },
    ],
    [
      'a certificate as files',
      {},
      { 'client-certificate': file('cert', 'CERT'), 'client-key': file('key', 'KEY') },
    ],
    ['a password', {}, { username: 'me', password: 'secret' }],
    ['nobody', {}, {}],
  ])('with %s is that of the Kubernetes client', async (_, cluster, user) => {
    const content = kubeconfig(cluster, user)
    const client = new KubeConfig()
    client.loadFromString(content)
    const expected = { headers: {} }
    await client.applyToHTTPSOptions(expected)
    const connection = await connectionOfKubeconfig(content)
    expect(connection.server).toBe(client.getCurrentCluster()?.server)
    // The agent holds the same once more, for a connection that is not kept.
    const { agent: __, ...rest } = { agent: undefined, ...expected }
    const given = Object.entries(rest).filter(([, value]) => value !== undefined)
    expect({ headers: {}, ...(await connection.options()) }).toEqual(Object.fromEntries(given))
  })

  it('reads the file of a token again after a minute', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const tokenFile = file('token', 'one\n')
    const { options } = await connectionOfKubeconfig(kubeconfig({}, { token: 'older', tokenFile }))
    expect(await options()).toEqual({ headers: { Authorization: 'Bearer one' } })
    file('token', 'two\n')
    vi.advanceTimersByTime(59_000)
    expect(await options()).toEqual({ headers: { Authorization: 'Bearer one' } })
    vi.advanceTimersByTime(2000)
    expect(await options()).toEqual({ headers: { Authorization: 'Bearer two' } })
  })

  it.each([
    [{}, { tokenFile: 'token' }, 'the kubeconfig names the file token: give its whole path'],
    [{ server: '' }, {}, 'the kubeconfig names no server'],
  ])('with %j and %j says what is missing', async (cluster, user, message) => {
    const options = async () => (await connectionOfKubeconfig(kubeconfig(cluster, user))).options()
    await expect(options()).rejects.toThrow(message)
  })

  it('gets credentials from a plugin, in development alone', async () => {
    const credential = { apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential' }
    const script = `console.log(JSON.stringify(${JSON.stringify({ ...credential, status: { token: 'of a plugin' } })}))`
    const exec = {
      apiVersion: credential.apiVersion,
      command: process.execPath,
      args: ['-e', script],
    }
    const content = kubeconfig({}, { exec })
    const { options } = await connectionOfKubeconfig(content)
    expect(await options()).toMatchObject({ headers: { Authorization: 'Bearer of a plugin' } })
    vi.stubEnv('NODE_ENV', 'production')
    await expect(connectionOfKubeconfig(content)).rejects.toThrow(
      'the kubeconfig needs a plugin or a proxy, which the image does not have: use a token or a certificate',
    )
  })
})

describe('the connection of a pod', () => {
  it('is that of its ServiceAccount, whose files are read again', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const pod = mkdtempSync(join(tmpdir(), 'pod-'))
    writeFileSync(join(pod, 'ca.crt'), 'CA')
    writeFileSync(join(pod, 'token'), 'one')
    const environment = { KUBERNETES_SERVICE_HOST: '10.96.0.1', KUBERNETES_SERVICE_PORT: '6443' }
    const { server, options } = connectionOfPod(environment, pod)
    expect(server).toBe('https://10.96.0.1:6443')
    expect(await options()).toEqual({ ca: 'CA', headers: { Authorization: 'Bearer one' } })
    writeFileSync(join(pod, 'token'), 'two')
    vi.advanceTimersByTime(61_000)
    expect(await options()).toMatchObject({ headers: { Authorization: 'Bearer two' } })
  })

  it('has brackets around an IPv6 address', () => {
    expect(connectionOfPod({ KUBERNETES_SERVICE_HOST: 'fd00::1' }).server).toBe(
      'https://[fd00::1]:443',
    )
  })

  it('is tried again when a file was missing', async () => {
    const pod = mkdtempSync(join(tmpdir(), 'pod-'))
    const { options } = connectionOfPod({ KUBERNETES_SERVICE_HOST: 'a' }, pod)
    await expect(options()).rejects.toThrow(/ENOENT/)
    writeFileSync(join(pod, 'ca.crt'), 'CA')
    writeFileSync(join(pod, 'token'), 'one')
    expect(await options()).toMatchObject({ ca: 'CA' })
  })
})
