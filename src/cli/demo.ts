import process from 'node:process'
import { Command } from 'commander'
import { examples, groups } from './help.ts'
import { openProject } from './open-project.ts'
import { settingOption, variableOption } from './pairs.ts'

interface Options {
  setting?: Record<string, string>
  variable?: Record<string, unknown>
  json?: true
}

/** Plays a Cluster's life against the project. */
export const demo = (exit: (code: number) => void) =>
  new Command('demo')
    .helpGroup(groups.run)
    .summary('play the life of a Cluster against it')
    .description(
      'Starts the extension in this folder and plays the life of a Cluster against it, as Cluster API v1.14 does: created, upgraded, updated in place, deleted. Every answer is checked against the contract. The settings are those of manifests/extension-config.yaml.',
    )
    .addOption(settingOption('another setting of the ExtensionConfig, as often as needed'))
    .addOption(variableOption())
    .option('--json', 'print one JSON object a line: each call, and a summary')
    .addHelpText(
      'after',
      `${examples(
        ['demo', 'a timeline of all calls'],
        ['demo --json | tail -1', 'the summary, for a program'],
        ['demo --setting quota=3', 'with a setting of your own'],
      )}

Exit code: 0 nothing breaks the contract, 1 something does, or the extension
does not start, 2 wrong arguments.`,
    )
    .action(async ({ setting = {}, variable = {}, json }: Options) => {
      const project = await openProject()
      const { runDemo } = await import('../dev/simulator/demo.ts')
      const { createJSONReport, createTextReport } = await import('../dev/simulator/report.ts')
      const emit = json ? createJSONReport(process.stdout) : createTextReport(process.stdout)
      const { breaks } = await runDemo({ project, settings: setting, variables: variable, emit })
      exit(breaks === 0 ? 0 : 1)
    })
