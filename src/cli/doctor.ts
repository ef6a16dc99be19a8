import { Command } from 'commander'
import { examples, groups } from './help.ts'
import { openProject } from './open-project.ts'

/** Names what in the project is older than this package, or missing. */
export const doctor = (exit: (code: number) => void) =>
  new Command('doctor')
    .helpGroup(groups.ship)
    .summary('name what in it is older than this package, or missing')
    .description(
      'Looks at the project in this folder, and names what is older than this package or missing, each with what to do: its dependencies, scripts, hooks, image, manifests and rights. It changes nothing.',
    )
    .option('--json', 'print the checks and their problems as JSON')
    .addHelpText(
      'after',
      `${examples(
        ['doctor', 'after "npm install capi-extension@…"'],
        ['doctor --json', 'for a program'],
      )}

Exit code: 0 nothing is to be done, 1 something is, 2 wrong arguments.`,
    )
    .action(async ({ json }: { json?: true }) => {
      const { checks } = await import('./project/checks.ts')
      const { readProjectFiles } = await import('./project/project-files.ts')
      const files = await readProjectFiles(await openProject())
      const results = []
      for (const { name, find } of checks)
        results.push({ check: name, problems: await find(files) })
      if (json) console.log(JSON.stringify(results))
      else
        for (const { check, problems } of results)
          console.log(`${check.padEnd(14)}${problems.join(`\n${' '.repeat(14)}`) || 'ok'}`)
      exit(results.every(({ problems }) => problems.length === 0) ? 0 : 1)
    })
