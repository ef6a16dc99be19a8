// The real controllers of Cluster API call this extension, on this machine and without containers.
import process from 'node:process'
import { Discovery } from '../../contract/discovery.ts'
import { contracts } from '../../contract/index.ts'
import { createCallView } from './calls.ts'
import { machineKind } from './cluster.ts'
import { help, parseArguments, type SandboxArguments } from './command-line.ts'
import { describeError } from './errors.ts'
import { applyClusterClass, registerOwnExtension, startSandboxExtension } from './extension.ts'
import { type Ground, startGround } from './ground.ts'
import { createMachineView } from './machines.ts'
import { followObjects } from './objects.ts'
import { playScenario, takeKeys } from './play.ts'
import { createReport } from './report.ts'

const { stdin, stdout } = process
const report = createReport(stdout)
const stop = new AbortController()
const interrupted = new Error('interrupted')

try {
  const args = parseArguments(process.argv.slice(2))
  if (args.help) console.log(help)
  else process.exit(await run(args))
} catch (error) {
  console.error(describeError(error))
  process.exitCode = 2
}

/** Gives the exit code. */
async function run(args: SandboxArguments): Promise<number> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => stop.abort(interrupted))
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error) => stop.abort(error))
  let ground: Ground | undefined
  try {
    const { signal } = stop
    const directory = args.keep ? { directory: '.dev/sandbox' } : {}
    ground = await startGround({ report, signal, ...directory })
    await Promise.race([use(ground, args), aborted(signal)])
    return 0
  } catch (error) {
    if (error === interrupted) return args.run ? 130 : 0
    report.status('')
    console.error(describeError(error))
    return 1
  } finally {
    report.status('stopping')
    await ground?.stop()
    report.status('')
  }
}

async function use(ground: Ground, { run: scenario, keep }: SandboxArguments): Promise<void> {
  const view = createCallView(stdout)
  report.status('starting the extension')
  await startSandboxExtension(ground, (line) => {
    for (const text of view(line)) report.line(text)
  })
  const handlers = await registerOwnExtension(ground)
  await applyClusterClass(ground, handlers)
  const machines = createMachineView(stdout)
  const { apiVersion, kind } = machineKind
  followObjects(ground, { apiVersion, kind }, (found) => {
    for (const text of machines(found)) report.line(text)
  })
  const seconds = (performance.now() / 1000).toFixed(0)
  const handlerCount = `${handlers.length} handler${handlers.length === 1 ? '' : 's'}`
  report.line(`Ready after ${seconds} s: Cluster API calls ${handlerCount} of this extension.`)
  const served = new Set(handlers.map(({ hook }) => hook))
  const missing = contracts.filter(({ hook }) => hook !== Discovery.hook && !served.has(hook))
  if (missing.length > 0) report.line('Not served:', missing.map(({ hook }) => hook).join(', '))
  report.line('It starts again when a source changes.')
  report.line('')
  report.line(`  export KUBECONFIG=${ground.kubeconfig.path}`)
  if (!scenario) report.line('  kubectl apply -f src/dev/sandbox/manifests/cluster.yaml')
  report.line('')
  report.line(`Logs: ${ground.directory}/logs`, keep ? 'They stay, as the Clusters do.' : '')
  if (scenario) await playScenario(ground, scenario, report)
  else if (stdin.isTTY) await takeKeys(ground, report, stdin)
  // Without a terminal it runs until a signal.
  else await new Promise(() => {})
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason))
  })
}
