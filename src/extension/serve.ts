import process from 'node:process'
import type { Config } from '../flags/config.ts'
import { describeFlags } from '../flags/describe-flags.ts'
import { flags } from '../flags/flags.ts'
import { readConfig } from '../flags/read-config.ts'
import { type ManagementCluster, openManagementCluster } from '../kubernetes/management-cluster.ts'
import { StartError } from '../messages/start-error.ts'
import {
  certificateMetric,
  createExtensionMetrics,
  heldBytesMetric,
} from '../observability/extension-metrics.ts'
import { createLog, logStream } from '../observability/log.ts'
import { createBodyBudget } from '../request/body-budget.ts'
import { catchStrayErrors } from '../request/stray-errors.ts'
import type { Listening } from '../server/listen.ts'
import { serveDiagnostics } from '../server/serve-diagnostics.ts'
import { serveHealth } from '../server/serve-health.ts'
import { serveHooks } from '../server/serve-hooks.ts'
import { createApp } from './app.ts'
import type { ServeOptions } from './serve-options.ts'
import { takeExtension } from './take-extension.ts'

/**
 * Serves an extension until SIGTERM or SIGINT: its hooks over HTTPS, /healthz and /readyz, and /metrics. The flags of the
 * process configure it; `--help` prints them. A mistake that whoever starts it can correct, such as a missing certificate,
 * is printed in one line and ends the process with 1.
 *
 * @example
 * ```ts
 * import { serve } from 'capi-extension'
 * import manifest from '../package.json' with { type: 'json' }
 * import { hooks } from './hooks/index.ts'
 *
 * serve({ name: manifest.name, hooks })
 * ```
 */
export function serve(options: ServeOptions): void {
  if (takeExtension(options)) return
  run(options).catch((error: unknown) => {
    if (!(error instanceof StartError)) throw error
    console.error(error.message)
    process.exitCode = 1
  })
}

async function run(options: ServeOptions): Promise<void> {
  const config = await readConfig(process.argv.slice(2), process.env)
  if (config.help)
    console.log(`${options.name}, a Cluster API runtime extension\n\n${describeFlags(flags)}`)
  else await start(options, config)
}

async function start({ name, logPrefix, ...extension }: ServeOptions, config: Config) {
  const log = createLog(config.log.verbosity, await logStream(config.log.json))
  if (config.ignoredFlags.length > 0)
    log.info({ flags: config.ignoredFlags }, 'these flags have no meaning in this extension')
  if (config.managementCluster.kind === 'none')
    log.info('handlers have no API server: api and state reject')
  const cluster: ManagementCluster = openManagementCluster(name, config.managementCluster, log)
  const budget = createBodyBudget(config.maxBodyBytesInFlight)
  const metrics = createExtensionMetrics()
  const dependencies = { log, cluster, budget, metrics, ...(logPrefix && { logPrefix }) }
  const app = createApp(extension, dependencies)

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
    log.info({ port: webhook.port, handlers: extension.hooks.length }, 'serving hooks')
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
      // Whoever presses Ctrl-C does not wait for the endpoints of a Service to change.
      const [webhook, ...others] = servers
      await webhook?.close(signal === 'SIGTERM' ? config.shutdownDelayMilliseconds : 0)
      await Promise.all(others.map((server) => server.close()))
      // A timer that a handler left behind must not keep the process alive.
      process.exit(0)
    })
}
