import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { Command } from 'commander'
import { examples, groups } from './help.ts'
import { UsageError } from './usage-error.ts'

/** Compares the hooks of the package with those of a version of Cluster API. */
export const contract = (exit: (code: number) => void) =>
  new Command('contract')
    .helpGroup(groups.look)
    .summary('compare the hooks of this package with those of a version of it')
    .description(
      'Reads the runtime hooks of a released version of Cluster API, v1.12 or later, and names each difference from those of this package: "missing" is what only Cluster API has, "surplus" what only the package has. Needs Go; takes about a minute, longer the first time.',
    )
    .argument('<version>', 'such as v1.15.0', readVersion)
    .option('--out <PATH>', 'write what was read as JSON, to a file.json or into a folder')
    .addHelpText(
      'after',
      `${examples(
        ['contract v1.15.0', 'does the package know all of it?'],
        ['contract v1.15.0 --out contract.json', 'also keep what was read'],
      )}

Exit code: 0 no difference, 1 some, or it cannot be read, 2 wrong arguments.`,
    )
    .action(async (version: string, { out }: { out?: string }) => {
      const { generateContract } = await import('../dev/contract/generate-contract.ts')
      const { compareContract } = await import('../dev/contract/compare-contract.ts')
      const text = await generateContract(version, (step) => process.stderr.write(`${step}\n`))
      if (out !== undefined) {
        const file = out.endsWith('.json') ? out : join(out, `contract-${version}.json`)
        await mkdir(dirname(file), { recursive: true })
        await writeFile(file, text)
        console.log(file)
      }
      const found = compareContract(text, version)
      for (const line of found) console.log(line)
      if (found.length === 0) console.log(`The package has the hooks of Cluster API ${version}.`)
      exit(found.length === 0 ? 0 : 1)
    })

function readVersion(text: string): string {
  if (/^v\d+\.\d+\.\d+(-[\w.]+)?$/.test(text)) return text
  throw new UsageError(`"${text}" is no version of Cluster API such as v1.15.0`)
}
