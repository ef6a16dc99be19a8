import process from 'node:process'
import { Command } from 'commander'
import { examples, groups } from './help.ts'
import { checkNode } from './open-project.ts'
import { settingOption, variableOption } from './pairs.ts'
import { readCa, readURL } from './readers.ts'
import { UsageError } from './usage-error.ts'

interface Options {
  url: URL
  ca: string
  extensionConfigName: string
  setting?: Record<string, string>
  variable?: Record<string, unknown>
  from: string
  to: string
  maxBlock: number
  json?: true
}

/** Plays a Cluster's life against an extension that runs. */
export const simulate = (exit: (code: number) => void) =>
  new Command('simulate')
    .helpGroup(groups.run)
    .summary('play the same against any extension that runs')
    .description(
      "Plays the management cluster's side of Cluster API v1.14 against a runtime extension in any language, and reports what breaks the contract.",
    )
    .requiredOption('--url <URL>', 'https URL of the extension', readURL)
    .requiredOption('--ca <FILE>', 'PEM of the authority that signed its certificate', readCa)
    .option('--extension-config-name <NAME>', 'name of the ExtensionConfig', 'extension')
    .addOption(
      settingOption('a setting of the ExtensionConfig, as often as needed; no other is sent'),
    )
    .addOption(variableOption())
    .option('--from <VERSION>', 'version in which the Cluster is created', 'v1.34.0')
    .option('--to <VERSION>', 'version to which it is upgraded', 'v1.36.4')
    .option('--max-block <SECONDS>', 'how long one hook may block in all', readSeconds, 60)
    .option('--json', 'print one JSON object a line: each call, and a summary')
    .addHelpText(
      'after',
      `${examples(
        ['simulate --url https://localhost:9443 --ca .dev/certificates/ca.crt', 'the one of "dev"'],
        ['simulate --url https://localhost:9443 --ca ca.crt --json', 'for a program'],
      )}

Exit code: 0 nothing breaks the contract, 1 something does, or nobody answers,
2 wrong arguments.`,
    )
    .action(async ({ url, ca, json, from, to, ...options }: Options) => {
      checkNode()
      const { createClient } = await import('../dev/simulator/client.ts')
      const { realClock } = await import('../dev/simulator/call.ts')
      const { createJSONReport, createTextReport } = await import('../dev/simulator/report.ts')
      const { simulateCluster } = await import('../dev/simulator/scenario/simulate-cluster.ts')
      const { compareVersions, parseVersion } = await import('../rules/versions.ts')
      const [first, last] = [parseVersion(from), parseVersion(to)]
      if (!first || !last) throw new UsageError('--from and --to are versions such as v1.34.0')
      if (compareVersions(first, last) !== -1) throw new UsageError('--to has to be above --from')
      const { extensionConfigName, setting = {}, variable = {}, maxBlock } = options
      const client = createClient({ url, ca, settings: setting })
      try {
        const { breaks } = await simulateCluster({
          url,
          client,
          extensionConfigName,
          variables: variable,
          from,
          to,
          maxBlockSeconds: maxBlock,
          emit: json ? createJSONReport(process.stdout) : createTextReport(process.stdout),
          clock: realClock,
        })
        exit(breaks === 0 ? 0 : 1)
      } finally {
        client.close()
      }
    })

function readSeconds(text: string): number {
  const seconds = text === '' ? Number.NaN : Number(text)
  if (!(seconds >= 0)) throw new UsageError('--max-block is a number of seconds')
  return seconds
}
