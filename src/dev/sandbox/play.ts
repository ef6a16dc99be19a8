import { styleText } from 'node:util'
import { StartError } from '../../messages/start-error.ts'
import { clusterExists, clusterKind, machineKind } from './cluster.ts'
import { describeError } from './errors.ts'
import { clusterClassKind, type SandboxedExtension } from './extension.ts'
import { untilFailure } from './failures.ts'
import type { Report } from './report.ts'
import { type ScenarioName, scenarios } from './scenarios.ts'
import { missingHooks, type StepName, servedHooks, steps } from './steps.ts'

/** Plays the steps of a scenario. Rejects with the reason why it did not go as it should. */
export async function playScenario(
  sandbox: SandboxedExtension,
  name: ScenarioName,
  report: Report,
): Promise<void> {
  for (const step of scenarios[name]) await playStep(sandbox, step, report)
}

/** Plays one step. Rejects with StartError when the Cluster for it is missing, or in its way. */
export async function playStep(
  sandbox: SandboxedExtension,
  name: StepName,
  report: Report,
): Promise<void> {
  const { title, needsCluster, play } = steps[name]
  const missing = missingHooks(name, await servedHooks(sandbox))
  if (missing !== '') {
    report.line(`\n${styleText('bold', title)}\n`, `not served: ${missing}. This step is skipped.`)
    return
  }
  if ((await clusterExists(sandbox)) !== needsCluster)
    throw new StartError(
      needsCluster
        ? `${name}: there is no Cluster ${clusterKind.name} yet, create comes first`
        : `${name}: Cluster ${clusterKind.name} is there already, delete comes first`,
    )
  const started = Date.now()
  const elapsed = () => `${Math.round((Date.now() - started) / 1000)} s`
  report.line(`\n${styleText('bold', title)}`)
  const timer = setInterval(() => report.status(`${name}: ${elapsed()}`), 1000)
  try {
    const say = (text: string) => report.line(elapsed().padStart(8), text)
    await untilFailure(sandbox, [clusterKind, clusterClassKind, machineKind], () =>
      play(sandbox, say),
    )
  } finally {
    clearInterval(timer)
    report.status('')
  }
}

/** Plays a step for each key of a terminal, until the key that ends it. */
export async function playByKeys(
  sandbox: SandboxedExtension,
  report: Report,
  input: NodeJS.ReadStream,
): Promise<void> {
  const names = Object.keys(steps) as StepName[]
  const menu = [...names.map((name) => `${steps[name].key} ${name}`), 'q quit'].join('  ')
  const { promise, resolve } = Promise.withResolvers<void>()
  let playing: StepName | undefined
  const play = async (name: StepName) => {
    playing = name
    await playStep(sandbox, name, report).catch((error) => report.line('', describeError(error)))
    playing = undefined
    report.status(menu)
  }
  input.setRawMode(true)
  input.on('data', (data) => {
    const key = String(data)
    // A terminal in raw mode sends Ctrl-C as a key.
    if (key === 'q' || key === '\u0003') return resolve()
    const name = names.find((step) => steps[step].key === key)
    if (name && playing) report.line(`${name}: first ${playing} has to end`)
    else if (name) void play(name)
  })
  report.status(menu)
  await promise.finally(() => input.setRawMode(false))
}
