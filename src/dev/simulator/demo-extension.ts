import { once } from 'node:events'
import { createInterface } from 'node:readline'
import * as v from 'valibot'
import { StartError } from '../../messages/start-error.ts'
import { loggedReason } from '../../observability/log.ts'
import { startProgram } from '../program.ts'

/** An extension that the demo can hold and let go. */
export interface DemoExtension {
  /** https. */
  readonly url: URL
  /** Makes BeforeClusterCreate of the simulated Cluster block with this message. */
  block(message: string): Promise<void>
  /** Ends the block. */
  release(): Promise<void>
  close(): Promise<void>
}

const listeningSchema = v.object({ port: v.number() })
const errorSchema = v.object({
  level: v.literal('error'),
  msg: v.string(),
  hint: v.optional(v.string()),
  err: v.optional(v.unknown()),
})

/**
 * Serves this project's hooks in a process with the flags of the image. Rejects with StartError when that
 * ends before it serves.
 *
 * @param tell Gets what the process prints and the errors that it logs, each once.
 */
export async function startExtension(
  certificateDirectory: string,
  extensionConfigName: string,
  tell: (text: string) => void,
): Promise<DemoExtension> {
  const args = [certificateDirectory, extensionConfigName]
  const { child, ended } = startProgram('src/dev/simulator/demo-server.ts', args, {
    stdout: 'pipe',
  })
  const told = new Set<string>()
  if (child.stdout)
    createInterface({ input: child.stdout }).on('line', (line) => {
      const text = readLine(line)
      if (text === undefined || told.has(text)) return
      told.add(text)
      tell(text)
    })
  const crashed = ended.then(({ crash, code }) => {
    throw new StartError(crash || `the extension ended with code ${code}`)
  })
  crashed.catch(() => {})
  const [listening]: unknown[] = await Promise.race([once(child, 'message'), crashed])
  const { port } = v.parse(listeningSchema, listening)

  const prepare = async (answer: object) => {
    const prepared = once(child, 'message')
    child.send(answer)
    await Promise.race([prepared, crashed])
  }
  return {
    url: new URL(`https://127.0.0.1:${port}`),
    block: (message) => prepare({ status: 'Success', retryAfterSeconds: 2, message }),
    release: () => prepare({ status: 'Success' }),
    async close() {
      child.kill()
      await ended
    },
  }
}

function readLine(line: string): string | undefined {
  if (!line.startsWith('{"level":')) return line
  const { success, output } = v.safeParse(errorSchema, JSON.parse(line))
  if (!success) return undefined
  const { msg, hint, err } = output
  return [msg, hint ?? loggedReason(err)].filter(Boolean).join(': ')
}
