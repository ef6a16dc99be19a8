import { Command } from 'commander'
import { examples, groups } from './help.ts'
import { openProject } from './open-project.ts'

/** Bundles the project. */
export const build = () =>
  new Command('build')
    .helpGroup(groups.ship)
    .summary('bundle it into one file, which its image holds')
    .description(
      "Bundles the extension in this folder, and all that it needs, into one file, extension.cjs; metafile.json beside it tells esbuild's analyzers what each module takes. Nothing is written when it cannot be loaded, or declares what Cluster API would refuse.",
    )
    .option('--outdir <FOLDER>', 'where the files go', 'dist')
    .option('--json', 'print the file, its bytes, and the bytes of each package in it as JSON')
    .addHelpText(
      'after',
      `${examples(
        ['build', 'dist/extension.cjs'],
        ['build --json', 'also says what is large in it, for a program'],
      )}

Exit code: 0 it is built, 1 it is not, 2 wrong arguments.`,
    )
    .action(async ({ outdir, json }: { outdir: string; json?: true }) => {
      const project = await openProject()
      const { buildBundle } = await import('../dev/bundle.ts')
      const bundle = await buildBundle(project, outdir)
      if (json) console.log(JSON.stringify(bundle))
      else console.log(`${bundle.file}  ${Math.round(bundle.bytes / 1000)} kB`)
    })
