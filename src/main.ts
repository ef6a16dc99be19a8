import process from 'node:process'
import { createApp } from './extension/app.ts'
import { type Config, flags, readConfig } from './flags/config.ts'
import { describeFlags } from './flags/flags.ts'
import { hooks } from './hooks/index.ts'
import { StartError } from './messages/start-error.ts'
import {
  certificateMetric,
  createExtensionMetrics,
  heldBytesMetric,
} from './observability/extension-metrics.ts'
import { createLog, type Log, logStream } from './observability/log.ts'
import { createBodyBudget } from './request/body-budget.ts'
import { catchStrayErrors } from './request/stray-errors.ts'
import { kubernetesConfigMaps } from './sample/kubernetes-config-maps.ts'
import { memoryConfigMaps } from './sample/memory-config-maps.ts'
import { createResponseStore } from './sample/response-store.ts'
import { serveDiagnostics } from './server/diagnostics.ts'
import { type Listening, serveHealth, serveHooks } from './server/server.ts'

main().catch((error: unknown) => {
  if (!(error instanceof StartError)) throw error
  console.error(error.message)
  process.exitCode = 1
})

async function main(): Promise<void> {
  const config = await readConfig(process.argv.slice(2), process.env)
  if (config.help) console.log(`Cluster API runtime extension\n\n${describeFlags(flags)}`)
  else await start(config)
}

async function start(config: Config): Promise<void> {
  const log = createLog(config.log.verbosity, await logStream(config.log.json))
  if (config.ignored.length > 0)
    log.info({ flags: config.ignored }, 'these flags have no meaning in this extension')
  const budget = createBodyBudget(config.maxBodyBytesInFlight)
  const metrics = createExtensionMetrics()
  const store = createResponseStore(openConfigMaps(config, log), log)
  const app = createApp(hooks, { log, logPrefix: 'SPIKE ', store, budget, metrics })

  let ready = false
  const servers: Listening[] = []
  try {
    servers.push(await serveHealth(() => ready, config.health))
    const webhook = await serveHooks(app.fetch, config.webhook, log)
    servers.unshift(webhook)
    const all = [
      ...metrics.metrics,
      heldBytesMetric(() => budget.held),
      certificateMetric(() => webhook.certificateExpiry),
    ]
    const diagnostics = await serveDiagnostics(config.diagnostics, config.webhook, all, log)
    if (diagnostics) servers.push(diagnostics)
    log.info({ port: webhook.port, handlers: hooks.length }, 'serving hooks')
  } catch (error) {
    await Promise.all(servers.map((server) => server.close()))
    throw error
  }
  catchStrayErrors(log, metrics.strayError)
  ready = true

  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, async () => {
      ready = false
      log.info({ signal }, 'stopping when the running calls have ended')
      // Nobody waits for endpoints to change who presses Ctrl-C.
      const [webhook, ...others] = servers
      await webhook?.close(signal === 'SIGTERM' ? config.shutdownDelay : 0)
      await Promise.all(others.map((server) => server.close()))
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
