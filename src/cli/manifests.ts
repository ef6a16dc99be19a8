import process from 'node:process'
import { styleText } from 'node:util'
import { Command } from 'commander'
import { StartError } from '../messages/start-error.ts'
import { ask, canAsk } from './ask.ts'
import { examples, groups } from './help.ts'
import { openProject } from './open-project.ts'

/** Writes the names of package.json into the manifests of the project. */
export const manifests = (exit: (code: number) => void) =>
  new Command('manifests')
    .helpGroup(groups.ship)
    .summary('write name, namespace and image of package.json into its manifests')
    .description(
      `Writes the name of package.json, and namespace and image of its field "capi-extension", into the files below manifests/, and shows the difference before.

It changes lines that end in a comment such as "# \${name}-root", and in them the word before the comment. All else stays as it is: own rules, env and settings are never lost, and a line without its comment is yours alone. In own manifests such comments are followed, too; \${name}, \${namespace}, \${image} and \${version} are known.

Where there is no manifest at all, it writes those of a new project.`,
    )
    .option('--yes', 'write without asking')
    .option('--check', 'write nothing, and exit with 1 where there is a difference')
    .addHelpText(
      'after',
      `${examples(['manifests', 'after a change of package.json'], ['manifests --check', 'in CI'])}

Exit code: 0 the manifests have these names, 1 they have not, 2 wrong arguments.`,
    )
    .action(async ({ yes, check }: { yes?: true; check?: true }) => {
      const { describeChange, manifestChanges, writeManifests } = await import(
        './project/manifests.ts'
      )
      const project = await openProject()
      const changes = await manifestChanges(project)
      if (changes.length === 0) return console.log('The manifests have the names of package.json.')
      for (const line of changes.flatMap(describeChange)) console.log(colour(line))
      if (check)
        throw new StartError('the manifests have other names than package.json: npm run manifests')
      if (!yes && !canAsk()) throw new StartError('nothing was written: --yes writes this')
      if (!yes && !/^y(es)?$/i.test(await ask('Write this? [y/N] '))) return exit(1)
      await writeManifests(project.root, changes)
      const count = changes.length === 1 ? '1 manifest' : `${changes.length} manifests`
      console.log(`${count} written. What has an old name in a cluster stays there: delete it.`)
    })

function colour(line: string): string {
  const colours = { '+': 'green', '-': 'red', '@': 'cyan' } as const
  const [found] = Object.entries(colours).filter(([start]) => line.startsWith(start))
  return found ? styleText(found[1], line, { stream: process.stdout }) : line
}
