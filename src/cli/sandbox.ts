import { Command, Option } from 'commander'
import { type ScenarioName, scenarios } from '../dev/sandbox/scenarios.ts'
import { examples, groups } from './help.ts'
import { openProject } from './open-project.ts'
import { settingOption, variableOption } from './pairs.ts'

interface Options {
  run?: ScenarioName
  keep?: boolean
  setting?: Record<string, string>
  variable?: Record<string, unknown>
}

/** Lets the real controllers call the project. */
export const sandbox = (exit: (code: number) => void) =>
  new Command('sandbox')
    .helpGroup(groups.run)
    .summary('let the real controllers of Cluster API call it')
    .description(
      'Runs etcd, kube-apiserver and the controllers of Cluster API v1.14 on this machine, without containers, and lets them call the extension in this folder, which runs from the sources and again after every edit. Needs Go; the first start builds for 8 to 15 minutes, once for all projects.',
    )
    .addOption(
      new Option('--run <SCENARIO>', 'play this and end; without it, keys play it').choices(
        Object.keys(scenarios),
      ),
    )
    .option('--keep', 'keep the Clusters in .dev/sandbox, and go on with them the next time')
    .addOption(settingOption('another setting of the ExtensionConfig, as often as needed'))
    .addOption(variableOption())
    .addHelpText(
      'after',
      `${examples(
        ['sandbox', 'keys create, upgrade, update and delete a Cluster'],
        ['sandbox --run upgrade', 'create one, upgrade it, and end'],
      )}

Exit code: 0 all went well, 1 it did not, 2 wrong arguments.`,
    )
    .action(async ({ run, keep = false, setting = {}, variable = {} }: Options) => {
      const project = await openProject()
      const { runSandbox } = await import('../dev/sandbox/run-sandbox.ts')
      const options = { project, settings: setting, variables: variable, keep }
      exit(await runSandbox({ ...options, ...(run && { scenario: run }) }))
    })
