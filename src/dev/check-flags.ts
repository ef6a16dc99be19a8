import { once } from 'node:events'
import { createServer } from 'node:net'
import process from 'node:process'
import type { Address } from '../flags/config.ts'
import { readConfig } from '../flags/read-config.ts'
import { StartError } from '../messages/start-error.ts'

/** Rejects with StartError for what no edit of the sources mends: a wrong flag, and an address that another program has. */
export async function checkFlags(args: readonly string[]): Promise<void> {
  const { help, webhook, health } = await readConfig(args, process.env)
  if (help) return
  await checkAddress(webhook, '--webhook-port')
  await checkAddress(health, '--health-addr')
}

async function checkAddress({ host, port }: Address, flag: string): Promise<void> {
  const server = createServer().listen(port, host === '' ? undefined : host)
  try {
    await once(server, 'listening')
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    // Others are said by the extension.
    if (taken)
      throw new StartError(
        `port ${port}${host === '' ? '' : ` of ${host}`} is taken, perhaps by another "dev": stop that, or pass another ${flag}`,
      )
  } finally {
    server.close()
  }
}
