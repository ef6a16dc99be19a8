import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import process from 'node:process'
import { Command } from 'commander'
import { examples, groups } from './help.ts'
import { openProject } from './open-project.ts'

/** Writes the OpenAPI document of the project. */
export const openapi = () =>
  new Command('openapi')
    .helpGroup(groups.ship)
    .summary('print the OpenAPI document of its endpoints')
    .description(
      'Prints the OpenAPI 3.0 document of the endpoints that the extension in this folder serves, as JSON.',
    )
    .option('--out <FILE>', 'write it to a file instead, and print the name')
    .addHelpText(
      'after',
      examples(
        ['openapi', 'to the standard output'],
        ['openapi --out dist/openapi.json', 'to a file'],
      ),
    )
    .action(async ({ out }: { out?: string }) => {
      const project = await openProject()
      const { loadProject } = await import('../dev/load-project.ts')
      const { openApiDocument } = await import('../extension/openapi.ts')
      const { hooks } = await loadProject(project)
      const text = `${JSON.stringify(openApiDocument(hooks), null, 2)}\n`
      if (out !== undefined) {
        await mkdir(dirname(out), { recursive: true })
        await writeFile(out, text)
      }
      process.stdout.write(out === undefined ? text : `${out}\n`)
    })
