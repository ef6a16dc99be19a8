import process from 'node:process'
import { Command, Option } from 'commander'
import { type Allowance, allowances } from '../dev/guard/exit-code.ts'
import { type Output, outputs } from '../dev/guard/print/outputs.ts'
import { examples, groups } from './help.ts'
import { checkNode, openProject } from './open-project.ts'
import { withoutOutputOfHandlers } from './output-of-handlers.ts'
import { readCa, readURL } from './readers.ts'
import { UsageError } from './usage-error.ts'

interface Options {
  against?: string
  url?: URL
  ca?: string
  objects?: string
  crds?: string
  allow: Allowance
  output: Output
  accept?: true
}

/** Says what an edit does to Clusters, before it does it. */
export const guard = (exit: (code: number) => void) =>
  new Command('guard')
    .helpGroup(groups.ship)
    .summary('say what an edit does to Clusters, from recorded calls')
    .description(
      'Answers recorded calls with the sources of the extension in this folder, and says for each part of a Cluster what a change of the answers does: nothing, something in place, or new Machines. Handlers are really called, with an api that holds what the recording knows; what they do elsewhere happens.',
    )
    .argument('[path]', 'a folder of recordings, or the file of one', 'recordings')
    .option(
      '--against <VERSION>',
      'compare with another version in place of the recorded answers: a commit, branch or tag of git, a bundle (.cjs) or an https URL',
    )
    .option(
      '--url <URL>',
      'https URL of an extension in any language, in place of the sources',
      readURL,
    )
    .option('--ca <FILE>', 'PEM of the authority that signed the certificate of a URL', readCa)
    .option(
      '--objects <FOLDER>',
      'objects as "kubectl get -o yaml" gives them (Cluster, MachineDeployments, MachineSets, control plane, Machines, templates, configs): to count Machines, and those that are updated in place',
    )
    .option('--crds <FOLDER>', 'CustomResourceDefinitions, whose defaults are no difference')
    .addOption(
      new Option('--allow <WHAT>', 'what ends with 0, each with all that is before it')
        .choices(allowances)
        .default('nothing'),
    )
    .addOption(new Option('--output <FORM>', 'what is printed').choices(outputs).default('text'))
    .option('--accept', 'write the new answers into the recordings, for the reviewers of the edit')
    .addHelpText(
      'after',
      `${examples(
        ['guard', 'what does this edit do to the Clusters of recordings/?'],
        ['guard --against main', 'compared with the sources of another branch'],
        ['guard --allow in-place --output markdown', 'for a comment on a pull request'],
        ['guard --accept', 'the new answers are meant: write them down'],
      )}

Exit code: 0 nothing changes, or what --allow names, 1 it could not tell, a hook
decides otherwise, or wrong arguments, 2 something changes in place, 3 Machines
are replaced, or a provider may replace them.`,
    )
    .action(async (path: string, options: Options) => {
      checkNode()
      const { url, ca, against, objects, crds, allow, output, accept = false } = options
      if (accept && against !== undefined)
        throw new UsageError('--accept writes recordings: it does not go with --against')
      if (url && ca === undefined) throw new UsageError('--url needs --ca: see --help')
      const { guardProject } = await import('../dev/guard/guard-project.ts')
      const { printOutcome } = await import('../dev/guard/print/print-outcome.ts')
      const time = new Date()
      const question = {
        path,
        extension: url ?? (await openProject()),
        ...(ca !== undefined && { ca }),
        ...(against !== undefined && { against }),
        ...(objects !== undefined && { objects }),
        ...(crds !== undefined && { crds }),
        allowed: allow,
        accept,
        time,
      }
      const outcome = await withoutOutputOfHandlers(() => guardProject(question))
      process.stdout.write(printOutcome(output, outcome, process.stdout, time))
      exit(outcome.exitCode)
    })
