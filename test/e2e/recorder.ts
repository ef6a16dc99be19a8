import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Agent, createServer, request as httpsRequest, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** One call of a controller and its answer. */
export interface RecordedCall {
  readonly hook: string
  readonly handler: string
  readonly request: Record<string, unknown>
  readonly status: number
  /** Undefined when it is no JSON. */
  readonly answer: Record<string, unknown> | undefined
  /** What another extension answered to the same request. */
  readonly shadow?: Record<string, unknown> | undefined
}

/** An address that the controllers call, with extensions behind it. */
export interface Recorder {
  readonly url: string
  readonly calls: RecordedCall[]
  /** Ports of the extensions on 127.0.0.1: the first that can be reached gets the call. */
  backends: number[]
  /** Port of an extension that gets every call after it was answered; its answers are only recorded. */
  shadow?: number
  /** Refuses connections. */
  close(): Promise<void>
  /** Takes connections again, at the same address. */
  open(): Promise<void>
}

/** Listens with the certificate of the files tls.crt and tls.key in the directory. */
export async function startRecorder(directory: string, backends: number[]): Promise<Recorder> {
  const read = (file: string) => readFileSync(`${directory}/${file}`)
  const ca = readFileSync(`${directory}/ca.crt`)
  const agent = new Agent({ keepAlive: true, ca })
  const calls: RecordedCall[] = []
  let server: Server | undefined
  let port = 0

  async function forwardTo(backend: number, path: string, body: string): Promise<Answer> {
    const options = { host: '127.0.0.1', port: backend, path, method: 'POST', agent }
    const message = httpsRequest(options)
    message.end(body)
    const [response] = await once(message, 'response')
    return { status: Number(response.statusCode), body: await text(response) }
  }
  async function forward(path: string, body: string): Promise<Answer> {
    for (const backend of recorder.backends)
      try {
        return await forwardTo(backend, path, body)
      } catch {
        // The next one may be there.
      }
    return { status: 502, body: 'no extension can be reached' }
  }

  const recorder: Recorder = {
    get url() {
      return `https://127.0.0.1:${port}`
    },
    calls,
    backends,
    async open() {
      server = createServer(
        { cert: read('tls.crt'), key: read('tls.key') },
        async (message, response) => {
          const path = message.url ?? ''
          const body = await text(message)
          const answer = await forward(path, body)
          const { shadow } = recorder
          const other = shadow && (await forwardTo(shadow, path, body))
          calls.push({
            ...describe(path, body, answer),
            ...(other && { shadow: JSON.parse(other.body) }),
          })
          response.writeHead(answer.status).end(answer.body)
        },
      )
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
      port = (server.address() as AddressInfo).port
    },
    async close() {
      if (!server) return
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
      server = undefined
    },
  }
  await recorder.open()
  return recorder
}

interface Answer {
  readonly status: number
  readonly body: string
}

function describe(path: string, body: string, { status, body: text }: Answer): RecordedCall {
  const [, , , hook = '', handler = ''] = (path.split('?')[0] ?? '').split('/')
  return {
    hook,
    handler,
    request: JSON.parse(body),
    status,
    answer: text.startsWith('{') ? JSON.parse(text) : undefined,
  }
}
