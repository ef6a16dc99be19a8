import process from 'node:process'
import { Command } from 'commander'
import { examples, groups } from './help.ts'

/** Writes the types of a provider's objects. */
export const types = () =>
  new Command('types')
    .helpGroup(groups.write)
    .summary("write the types of a provider's objects")
    .description(
      "Makes one TypeScript module of the CustomResourceDefinitions in YAML files, such as a provider's release: a type for each kind and version, and what patchTemplate needs of each template.",
    )
    .argument('<files...>', 'YAML files, of one or several objects')
    .option('--out <FILE>', 'write the module to a file, and print its kinds')
    .addHelpText(
      'after',
      examples(
        ['types infrastructure-components.yaml --out src/types/aws.ts', 'for your patches'],
        ['types crd.yaml', 'to the standard output'],
      ),
    )
    .action(async (files: string[], { out }: { out?: string }) => {
      const { runTypes } = await import('../dev/types/run-types.ts')
      const text = await runTypes(files, out === undefined ? {} : { out })
      process.stdout.write(`${text.trimEnd()}\n`)
    })
