import process from 'node:process'
import { Command } from 'commander'
import { examples, groups } from './help.ts'
import { checkNode } from './open-project.ts'
import { withoutOutputOfHandlers } from './output-of-handlers.ts'
import { pairOption, settingOption, variableOption } from './pairs.ts'
import { readCa, urlOf } from './readers.ts'
import { UsageError } from './usage-error.ts'

interface Options {
  clusterclass: string
  cluster: string
  templates?: string
  crds?: string
  objects?: string
  save?: string
  extension?: Record<string, URL>
  ca?: string
  setting?: Record<string, string>
  variable?: Record<string, unknown>
  json?: true
}

/** Shows what the patches of a ClusterClass make of a Cluster's templates. */
export const render = (exit: (code: number) => void) =>
  new Command('render')
    .helpGroup(groups.run)
    .summary("show what the patches of a ClusterClass make of a Cluster's templates")
    .description(
      'Builds the GeneratePatches and ValidateTopology requests that the topology controller sends for your ClusterClass, Cluster and templates, calls the handlers of the extension in this folder, applies inline and external patches in their order, and shows what each of them changes. Inputs are YAML files, or folders of them, as "kubectl get --output yaml" gives them or as you write them. Handlers are really called; nothing is written to a cluster.',
    )
    .requiredOption('--clusterclass <FILE>', 'the ClusterClass; templates may stand beside it')
    .requiredOption('--cluster <FILE>', 'a Cluster, or several: each is rendered')
    .option('--templates <FOLDER>', 'the templates that the ClusterClass names')
    .option(
      '--crds <FOLDER>',
      'CustomResourceDefinitions: they give the defaults of templates, and each patched template is checked',
    )
    .option(
      '--objects <FOLDER>',
      'stored objects of the Cluster, such as its control plane and MachineDeployments: they tell names and versions, and handlers find them in "api"',
    )
    .option('--save <FOLDER>', 'write a recording of each call, for "guard"')
    .addOption(
      pairOption(
        '--extension',
        'call another extension: the name of its ExtensionConfig and its https URL, as often as needed',
        (text) => urlOf(text, '--extension'),
        'NAME=URL',
      ),
    )
    .option('--ca <FILE>', 'PEM of the authority that signed their certificates', readCa)
    .addOption(settingOption('another setting of the ExtensionConfig, as often as needed'))
    .addOption(variableOption('a variable of the Cluster, as JSON or text, as often as needed'))
    .option('--json', 'print one JSON object a line for each Cluster')
    .addHelpText(
      'after',
      `${examples(
        [
          'render --clusterclass class.yaml --cluster cluster.yaml --templates templates/',
          'what does each patch change?',
        ],
        [
          'render --clusterclass class.yaml --cluster cluster.yaml --crds crds/',
          'does the installed version know every field?',
        ],
        [
          'render --clusterclass class.yaml --cluster clusters.yaml --save recordings/',
          'recordings for "guard"',
        ],
        [
          'render --clusterclass class.yaml --cluster cluster.yaml --extension proxy=https://localhost:9443 --ca ca.crt',
          'with the patches of another extension, in any language',
        ],
      )}

The files, from a management cluster:
  kubectl get clusterclass NAME --output yaml > class.yaml
  kubectl get cluster NAME --output yaml > cluster.yaml
  kubectl get crd --output yaml > crds/crds.yaml

Exit code: 0 the controller would take it, 1 a patch fails, an answer is
refused, a template breaks its schema, or an input is missing, 2 wrong
arguments.`,
    )
    .action(async ({ clusterclass, ca, json, ...options }: Options) => {
      checkNode()
      const { cluster, templates, crds, objects, save } = options
      const { extension = {}, setting = {}, variable = {} } = options
      if (Object.keys(extension).length > 0 && ca === undefined)
        throw new UsageError('--extension needs --ca: see --help')
      const { renderProject } = await import('../dev/render/render-project.ts')
      const { jsonOf } = await import('../dev/render/print/json.ts')
      const { textOf } = await import('../dev/render/print/text.ts')
      const question = {
        clusterClass: clusterclass,
        cluster,
        ...(templates !== undefined && { templates }),
        ...(crds !== undefined && { crds }),
        ...(objects !== undefined && { objects }),
        ...(save !== undefined && { save }),
        extensions: extension,
        ca: ca ?? '',
        settings: setting,
        variables: variable,
      }
      const reports = await withoutOutputOfHandlers(() => renderProject(question))
      const texts = reports.map((report) =>
        json ? jsonOf(report) : textOf(report, process.stdout),
      )
      process.stdout.write(texts.join(json ? '' : '\n'))
      exit(reports.some(({ refusals }) => refusals.length > 0) ? 1 : 0)
    })
