import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { styleText } from 'node:util'
import { dumpYaml } from '@kubernetes/client-node'
import { Discovery } from '../../contract/discovery.ts'
import { contracts } from '../../contract/index.ts'
import { followEdits } from '../guard/edit/follow-edits.ts'
import type { Project } from '../project.ts'
import { createCallView } from './calls.ts'
import { clusterKind, clusterManifest, machineKind } from './cluster.ts'
import { describeError } from './errors.ts'
import { applyClusterClass, registerSandboxExtension, startSandboxExtension } from './extension.ts'
import { createMachineView } from './machines.ts'
import { followObjects } from './objects.ts'
import { playByKeys, playScenario } from './play.ts'
import { createReport, type Report } from './report.ts'
import { type Sandbox, startSandbox } from './sandbox.ts'
import type { ScenarioName } from './scenarios.ts'

/** What the sandbox is to do. */
export interface RunOptions {
  readonly project: Project
  /** Beside the settings of the project, or in the place of one. */
  readonly settings: Readonly<Record<string, string>>
  /** Values for variables of the Cluster, by name. */
  readonly variables: Readonly<Record<string, unknown>>
  /** Ends when this was played; without it the keyboard says what is played. */
  readonly scenario?: ScenarioName
  /** Whether the Clusters stay, and an earlier sandbox goes on. */
  readonly keep: boolean
}

const interrupted = new Error('interrupted')

/**
 * Lets the real controllers of Cluster API call the extension of a project, on this machine and without containers. Gives
 * the exit code: 0, 1 with a message printed, or 130 when a scenario was interrupted.
 */
export async function runSandbox(options: RunOptions): Promise<number> {
  const report = createReport(process.stdout)
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => stop.abort(interrupted))
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error) => stop.abort(error))
  const { signal } = stop
  let sandbox: Sandbox | undefined
  try {
    const directory = join(options.project.root, '.dev', 'sandbox')
    sandbox = await startSandbox({ report, signal, ...(options.keep && { directory }) })
    await Promise.race([use(sandbox, options, report), aborted(signal)])
    return 0
  } catch (error) {
    if (error === interrupted) return options.scenario ? 130 : 0
    report.status('')
    console.error(describeError(error))
    return 1
  } finally {
    report.status('stopping')
    await sandbox?.stop()
    report.status('')
  }
}

async function use(
  sandbox: Sandbox,
  { project, settings, variables, scenario, keep }: RunOptions,
  report: Report,
): Promise<void> {
  const { stdin, stdout } = process
  const { name } = project.extensionConfig
  const extensionConfig = { name, settings: { ...project.extensionConfig.settings, ...settings } }
  const extension = { ...sandbox, extensionConfig, variables }
  const view = createCallView(stdout)
  report.status('starting the extension')
  await startSandboxExtension(sandbox, project.root, (line) => {
    for (const text of view(line)) report.line(text)
  })
  const handlers = await registerSandboxExtension(sandbox, extensionConfig)
  await applyClusterClass(sandbox, handlers)
  const clusterFile = join(sandbox.directory, 'cluster.yaml')
  await writeFile(clusterFile, dumpYaml(await clusterManifest(extension)))
  const machines = createMachineView(stdout)
  const { apiVersion, kind } = machineKind
  followObjects(sandbox, { apiVersion, kind }, (found) => {
    for (const text of machines(found)) report.line(text)
  })
  const seconds = (performance.now() / 1000).toFixed(0)
  const handlerCount = `${handlers.length} handler${handlers.length === 1 ? '' : 's'}`
  report.line(`Ready after ${seconds} s: Cluster API calls ${handlerCount} of ${project.name}.`)
  const served = new Set(handlers.map(({ hook }) => hook))
  const missing = contracts.filter(({ hook }) => hook !== Discovery.hook && !served.has(hook))
  if (missing.length > 0) report.line('Not served:', missing.map(({ hook }) => hook).join(', '))
  const { kubeconfig } = sandbox
  const demo = { namespace: 'default', name: clusterKind.name, extensionConfig: name }
  followEdits(project.root, { kubeconfig: kubeconfig.path, ...demo }, (line) =>
    report.line(styleText('yellow', line, { stream: stdout })),
  )
  report.line('It starts again when a source changes.')
  report.line('')
  report.line(`  export KUBECONFIG=${sandbox.kubeconfig.path}`)
  if (!scenario) report.line(`  kubectl apply -f ${clusterFile}`)
  report.line('')
  report.line(`Logs: ${sandbox.directory}/logs`, keep ? 'They stay, as the Clusters do.' : '')
  if (scenario) await playScenario(extension, scenario, report)
  else if (stdin.isTTY) await playByKeys(extension, report, stdin)
  // Without a terminal it runs until a signal.
  else await new Promise(() => {})
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason))
  })
}
