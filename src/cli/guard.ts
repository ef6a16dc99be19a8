import process from 'node:process'
import { Command, Option } from 'commander'
import { type Allowance, allowances } from '../dev/guard/exit-code.ts'
import { StartError } from '../messages/start-error.ts'
import { examples, groups } from './help.ts'
import { openProject } from './open-project.ts'

interface Options {
  allow: Allowance
}

/** Says what an edit does to Clusters, from recorded calls. */
export const guard = (exit: (code: number) => void) =>
  new Command('guard')
    .helpGroup(groups.run)
    .summary('say what an edit does to Clusters, from recorded calls')
    .description(
      'Answers recorded calls with the sources of the extension in this folder, and says per Cluster what changes: nothing, something in place, or Machines that are replaced.',
    )
    .argument('[path]', 'a folder of recordings, or one', 'recordings')
    .addOption(
      new Option('--allow <WHAT>', 'what passes with 0, each with all before it')
        .choices(allowances)
        .default('nothing'),
    )
    .addHelpText(
      'after',
      `${examples(['guard', 'of the folder recordings'])}

Exit code: 0 nothing changes, 1 it could not tell, a hook decides otherwise, or the
arguments are wrong, 2 something changes in place, 3 Machines are replaced, or may be.`,
    )
    .action(async (path: string, { allow }: Options) => {
      const project = await openProject()
      const { readRecordings } = await import('../recording/read-recordings.ts')
      const { loadProject } = await import('../dev/load-project.ts')
      const { answerFromSources } = await import('../dev/guard/sources.ts')
      const { recordedAnswers } = await import('../dev/guard/answerer.ts')
      const { runGuard } = await import('../dev/guard/run-guard.ts')
      const { exitCodeOf } = await import('../dev/guard/exit-code.ts')
      const { textOf } = await import('../dev/guard/print/text.ts')
      const recordings = await readRecordings(path)
      if (recordings.length === 0) throw new StartError(noRecordings(path))
      const time = new Date()
      const now = () => time
      const extension = await loadProject(project)
      const after = answerFromSources(extension, { name: 'the sources', root: project.root, now })
      const report = await runGuard({ recordings, before: recordedAnswers, after })
      process.stdout.write(textOf(report, process.stdout))
      exit(
        exitCodeOf(
          report.results.map(({ verdict }) => verdict),
          allow,
        ),
      )
    })

const noRecordings = (path: string) =>
  `there are no recordings in ${path}: "capi-extension render --clusterclass FILE --cluster FILE --save ${path}" makes some`
