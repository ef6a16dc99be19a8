import { join, relative } from 'node:path'
import { Command } from 'commander'
import { examples, groups } from './help.ts'
import { openProject } from './open-project.ts'

/** Serves the project, and again after every edit. */
export const dev = () =>
  new Command('dev')
    .helpGroup(groups.run)
    .summary('serve it from the sources, and again after every edit')
    .description(
      'Serves the extension in this folder from its sources on https://127.0.0.1:9443, and again after every edit, with a certificate made on the spot and the restrictions of its image. Says what an edit does to the Clusters of the folder recordings. Handlers find an empty management cluster in its memory unless --kubeconfig names one. All further flags go to the extension.',
    )
    .argument(
      '[flags...]',
      'flags of the extension, behind "--" where they have a name of this command',
    )
    .allowUnknownOption()
    .addHelpText(
      'after',
      examples(
        ['dev', 'https://127.0.0.1:9443'],
        ['dev --webhook-port=9444 --health-addr=127.0.0.1:9441', 'beside another one'],
        ['dev -- --help', 'the flags of the extension'],
      ),
    )
    .action(async (flags: string[]) => {
      const project = await openProject()
      const { certificateDirectory, ensureCertificates } = await import(
        '../dev/certificate-directory.ts'
      )
      const { checkFlags } = await import('../dev/check-flags.ts')
      const { say, serveSources } = await import('../dev/serve-sources.ts')
      const directory = certificateDirectory(project.root)
      const hasCluster = flags.some((flag) => /^--?kubeconfig\b/.test(flag))
      const all = [
        ...(hasCluster ? [] : ['--in-memory']),
        '--webhook-host=127.0.0.1',
        `--webhook-cert-dir=${directory}`,
        '--health-addr=127.0.0.1:9440',
        ...flags,
      ]
      await checkFlags(all)
      await ensureCertificates(directory)
      console.log(`The authority of its certificate is ${relative(project.root, directory)}/ca.crt`)
      const { followEdits } = await import('../dev/guard/edit/follow-edits.ts')
      const recordings = join(project.root, 'recordings')
      followEdits(project.root, { recordings }, say)
      await serveSources(all, project.root)
    })
