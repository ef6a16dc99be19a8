import { relative } from 'node:path'
import { Command } from 'commander'
import { ask, canAsk } from './ask.ts'
import { examples, groups } from './help.ts'
import { defaultHooks, hookContracts } from './project/choose-hooks.ts'
import { type InitOptions, planProject, writeLock, writeProject } from './project/new-project.ts'
import { UsageError } from './usage-error.ts'

const hookList = hookContracts.map(({ handlerName, summary }) => `  ${handlerName}\n    ${summary}`)

/** Writes a new project. */
export const init = () =>
  new Command('init')
    .helpGroup(groups.write)
    .summary('write a new extension into a new folder')
    .description(
      'Writes a project of its own: hooks with their tests, an image, manifests, a workflow, and a README. Nothing is overwritten. The project has this package from where it came itself: by its version from a registry, else as a file in vendor/.',
    )
    .argument('[folder]', 'where it is written to; its last part is the name')
    .option('--hooks <NAMES>', 'hooks with commas between them, or "all"', defaultHooks)
    .option('--name <NAME>', 'another name than that of the folder')
    .option('--namespace <NAME>', 'the namespace that it is deployed to (default: <name>-system)')
    .option('--image <IMAGE>', 'its image (default: localhost:5001/<name>)')
    .option('--yes', 'ask nothing; only the folder is asked for, where it is not given')
    .addHelpText(
      'after',
      `${examples(
        ['init fleet-policy', 'four hooks to begin with'],
        ['init fleet-policy --hooks before-cluster-create,generate-patches', 'these two'],
      )}

Hooks:
${hookList.join('\n')}`,
    )
    .action(
      async (given: string | undefined, { yes, ...options }: InitOptions & { yes?: true }) => {
        const folder = given ?? (yes || !canAsk() ? '' : await ask('Folder of the new extension: '))
        if (folder === '') throw new UsageError('name a folder: capi-extension init fleet-policy')
        const plan = await planProject(folder, options)
        const files = await writeProject(plan)
        console.log(`Wrote ${files.length} files. Resolving its dependencies …`)
        const unlocked = await writeLock(plan.root)
        const { names, hooks, root } = plan
        console.log(`
  name       ${names.name}
  namespace  ${names.namespace}
  image      ${names.image}
  hooks      ${hooks.map(({ handlerName }) => handlerName).join('\n             ')}
${unlocked === undefined ? '' : `\nThere is no package-lock.json yet, "npm install" writes it: ${unlocked}\n`}
Next:
  cd ${relative('', root) || '.'} && npm install
  npm run demo       plays a Cluster's life against it
  npm run dev        serves it, and again after every edit
  npm test           src/hooks and their tests in test/hooks are yours to edit`)
      },
    )
