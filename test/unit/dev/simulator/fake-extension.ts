import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { contracts } from '../../../../src/contract/index.ts'
import { type Certificates, ensureCertificates } from '../../../../src/dev/certificate-directory.ts'
import { isObject, type JsonObject } from '../../../../src/json/json.ts'
import { at } from '../../../../src/json/path.ts'

/** What came over the wire. */
export interface Received {
  readonly method: string | undefined
  readonly url: string
  readonly headers: NodeJS.Dict<string | string[]>
  readonly hook: string
  /** Of the client's end of the connection. */
  readonly port: number | undefined
  readonly request: JsonObject
}

/** An answer other than JSON with status 200. */
export class Raw {
  readonly status: number
  readonly body: string | Buffer
  readonly headers: Record<string, string>
  constructor(status: number, body: string | Buffer, headers: Record<string, string> = {}) {
    this.status = status
    this.body = body
    this.headers = headers
  }
}

/** Answers a hook; `calls` is how often it was called before. Undefined breaks the connection off. */
export type Answer = (request: JsonObject, calls: number) => unknown

let certificates: Promise<Certificates> | undefined

/** Certificates for 127.0.0.1, made once for all tests of a file. */
export function testCertificates(): Promise<Certificates> {
  certificates ??= ensureCertificates(
    join(mkdtempSync(join(tmpdir(), 'simulator-')), 'certificates'),
  )
  return certificates
}

/** An extension that keeps the contract, but for the answers given by hook. */
export async function startFakeExtension(answers: Readonly<Record<string, Answer>> = {}) {
  const { ca, cert, key } = await testCertificates()
  const received: Received[] = []
  const server = createServer({ cert, key }, async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const url = incoming.url ?? ''
    const path = url.split('?')[0]?.split('/')[3]
    const hook = contracts.find((contract) => contract.hook.toLowerCase() === path)?.hook ?? ''
    const request: JsonObject = JSON.parse(Buffer.concat(chunks).toString())
    const calls = received.filter((call) => call.hook === hook).length
    const { method, headers: sent, socket } = incoming
    received.push({ method, url, headers: sent, hook, port: socket.remotePort, request })
    const answer = await (answers[hook] ?? good[hook] ?? success)(request, calls)
    if (answer === undefined) return incoming.socket.destroy()
    const { status, body, headers } =
      answer instanceof Raw ? answer : new Raw(200, JSON.stringify(answer))
    outgoing.writeHead(status, headers).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: new URL(`https://127.0.0.1:${port}`),
    ca,
    received,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Discovery with one handler for each hook. */
export function discovery(...more: JsonObject[]): JsonObject {
  const apiVersion = 'hooks.runtime.cluster.x-k8s.io/v1alpha1'
  const handlers = contracts
    .filter(({ hook }) => hook !== 'Discovery')
    .map(({ hook, handlerName }) => ({ name: handlerName, requestHook: { apiVersion, hook } }))
  return { status: 'Success', handlers: [...handlers, ...more] }
}

/** A patch in base64. */
export function encode(patchType: string, patch: unknown) {
  return { patchType, patch: Buffer.from(JSON.stringify(patch)).toString('base64') }
}

const argument = { name: 'v', value: '2' }
const metadata = {
  labels: { 'top-level-label-1': 'a' },
  annotations: { 'top-level-annotation-1': 'b' },
}
const args = { extraArgs: [argument] }
// The same fields as Cluster API's test extension patches.
const patches: Record<string, JsonObject> = {
  DevClusterTemplate: { spec: { template: { metadata } } },
  KubeadmControlPlaneTemplate: {
    spec: {
      template: {
        metadata,
        spec: {
          kubeadmConfigSpec: {
            clusterConfiguration: { apiServer: args, controllerManager: args, scheduler: args },
            preKubeadmCommands: ['echo one'],
          },
          rollout: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } },
        },
      },
    },
  },
  DevMachineTemplate: { metadata },
  KubeadmConfigTemplate: { metadata },
}
const plans: Record<string, string[]> = {
  'v1.34.0': ['v1.35.8', 'v1.36.4'],
  'v1.35.8': ['v1.36.4'],
}
const success: Answer = () => ({ status: 'Success' })
const good: Record<string, Answer> = {
  Discovery: () => discovery(),
  DiscoverVariables: () => ({
    status: 'Success',
    variables: [
      {
        name: 'imageRepository',
        required: true,
        schema: { openAPIV3Schema: { type: 'string', example: 'kindest' } },
      },
    ],
  }),
  GeneratePatches: ({ items }) => ({
    status: 'Success',
    items: (Array.isArray(items) ? items : []).map(({ uid, object }) => ({
      uid,
      ...encode('JSONMergePatch', patches[object.kind]),
    })),
  }),
  GenerateUpgradePlan: ({ fromControlPlaneKubernetesVersion: from }) => ({
    status: 'Success',
    controlPlaneUpgrades: (plans[String(from)] ?? []).map((version) => ({ version })),
  }),
  CanUpdateMachine: (request) => updatable(request),
  CanUpdateMachineSet: (request) => updatable(request),
  UpdateMachine: (_, calls) => {
    const updating = calls < 2
    const message = updating ? 'Updating the Machine' : 'The Machine is up to date'
    return { status: 'Success', retryAfterSeconds: updating ? 1 : 0, message }
  },
}
for (const { hook, blocking } of contracts)
  if (blocking) good[hook] ??= () => ({ status: 'Success', retryAfterSeconds: 0 })

/** Everything can be updated in place. */
function updatable(request: JsonObject): JsonObject {
  const { desired } = request
  const path = at(desired, 'machine') === undefined ? ['spec', 'template', 'spec'] : ['spec']
  const entries = Object.entries(isObject(desired) ? desired : {}).map(([name, object]) => {
    const spec = at(object, ...path)
    const patch = path.length === 1 ? { spec } : { spec: { template: { spec } } }
    return [`${name}Patch`, encode('JSONMergePatch', patch)] as const
  })
  return { status: 'Success', ...Object.fromEntries(entries) }
}
