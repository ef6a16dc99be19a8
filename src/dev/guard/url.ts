import { defaultTimeoutSeconds } from '../../contract/contract.ts'
import { Discovery } from '../../contract/discovery.ts'
import { parseDuration } from '../../contract/duration.ts'
import { handlerNameOf, timeoutOf } from '../../recording/recording.ts'
import { checkDiscovery } from '../../rules/discovery.ts'
import { createClient, type Exchange } from '../simulator/client.ts'
import { type Answerer, contractOf } from './answerer.ts'

/**
 * Answers with an extension in any language that is served at a URL.
 *
 * @param ca PEM of the authority that signed its certificate.
 */
export function answerFromUrl(url: URL, ca: string, name = url.href): Answerer {
  const client = createClient({ url, ca, settings: {} })
  let discovered: Promise<Exchange> | undefined
  return {
    name,
    async answer(recording) {
      const contract = contractOf(recording)
      if (!contract) return { problem: `no hook is called "${recording.hook}"` }
      const handler = contract === Discovery ? undefined : handlerNameOf(recording)
      const milliseconds = parseDuration(timeoutOf(recording) ?? '')
      const seconds = milliseconds ? milliseconds / 1000 : defaultTimeoutSeconds
      const { answer, error } = await client.call(contract, handler, recording.request, seconds)
      if (answer !== undefined) return { answer }
      return { problem: error?.detail ?? 'no answer' }
    },
    async handlerOf(hook) {
      discovered ??= client.call(Discovery, undefined, {}, defaultTimeoutSeconds)
      const { handlers } = checkDiscovery((await discovered).answer ?? {})
      return handlers.find(({ contract }) => contract.hook === hook)?.name
    },
    async close() {
      client.close()
    },
  }
}
