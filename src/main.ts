import process from 'node:process'
import { createApp } from './app.ts'
import { createBodyBudget } from './body-budget.ts'
import { type Config, flags, readConfig } from './config.ts'
import { describeFlags } from './flags.ts'
import { hooks } from './hooks/index.ts'
import { createLog, type Log, logStream } from './log.ts'
import { kubernetesConfigMaps } from './responses/kubernetes.ts'
import { memoryConfigMaps } from './responses/memory.ts'
import { createResponseStore } from './responses/store.ts'
import { serveHealth, serveHooks } from './server.ts'
import { StartError } from './start-error.ts'
import { catchStrayErrors } from './stray-errors.ts'

try {
  const config = await readConfig(process.argv.slice(2), process.env)
  if (config.help) console.log(`Cluster API runtime extension\n\n${describeFlags(flags)}`)
  else await start(config)
} catch (error) {
  if (!(error instanceof StartError)) throw error
  console.error(error.message)
  process.exitCode = 1
}

async function start(config: Config): Promise<void> {
  const log = createLog(config.log.verbosity, logStream(config.log.json))
  if (config.ignored.length > 0)
    log.info({ flags: config.ignored }, 'these flags have no meaning in this extension')
  const app = createApp(hooks, {
    log,
    store: createResponseStore(openConfigMaps(config, log), log),
    budget: createBodyBudget(config.maxBodyBytesInFlight),
  })

  let ready = false
  const health = await serveHealth(() => ready, config.health)
  const webhook = await serveHooks(app.fetch, config.webhook, log).catch(async (error) => {
    await health.close()
    throw error
  })
  catchStrayErrors(log, () => {})
  ready = true
  log.info({ port: webhook.port, handlers: hooks.length }, 'serving hooks')

  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, async () => {
      ready = false
      log.info({ signal }, 'stopping when the running calls have ended')
      // Nobody waits for endpoints to change who presses Ctrl-C.
      await webhook.close(signal === 'SIGTERM' ? config.shutdownDelay : 0)
      await health.close()
      // A timer that a handler left behind must not keep the process.
      process.exit(0)
    })
}

function openConfigMaps({ responseStore }: Config, log: Log) {
  if (responseStore.kind === 'memory') {
    log.info('lifecycle answers come from memory: for one process, gone when it ends')
    return memoryConfigMaps()
  }
  log.info('lifecycle answers come from ConfigMaps of the API server')
  return kubernetesConfigMaps(responseStore.kubeconfig)
}
