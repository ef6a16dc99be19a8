import { join } from 'node:path'
import { Health } from '@kubernetes/client-node'
import { etcdCommand, kubeApiserverCommand, providerCommand } from './commands.ts'
import { type ApiClient, applyObjects, conditionOf, waitForObjects } from './objects.ts'
import type { Prepared } from './prepare-directory.ts'
import { answers, type Command, type RunningProcess } from './processes.ts'
import type { managementCluster } from './programs.ts'
import {
  readCustomResourceDefinitions,
  readWebhookConfigurations,
  redirectConversion,
} from './provider-manifests.ts'
import { type Provider, providers } from './providers.ts'
import type { Report } from './report.ts'
import { sourceDirectories } from './toolchain.ts'

type Start = (command: Command, isReady: () => Promise<boolean>) => Promise<RunningProcess>

/** What a management cluster is started from. */
export interface Parts extends Prepared, ApiClient {
  readonly programs: Readonly<Record<(typeof managementCluster)[number], string>>
  readonly start: Start
  readonly report: Report
}

/** Starts etcd, kube-apiserver and the providers, with their CustomResourceDefinitions and webhooks. */
export async function startManagementCluster(parts: Parts): Promise<void> {
  const { programs, ports, authority, start, report } = parts
  const caBundle = Buffer.from(authority.certificate).toString('base64')
  report.status('starting etcd and kube-apiserver')
  const health = new Health(parts.config)
  const [sources] = await Promise.all([
    readSources(),
    start(etcdCommand(programs.etcd, ports), () =>
      answers(`http://127.0.0.1:${ports.etcd}/readyz`),
    ),
    start(kubeApiserverCommand(programs['kube-apiserver'], ports), () => health.readyz({})),
  ])

  report.status('applying the CustomResourceDefinitions')
  for (const { provider, definitions } of sources)
    for (const definition of definitions)
      redirectConversion(definition, { port: ports[`${provider.name}-webhook`], caBundle })
  const definitions = sources.flatMap((source) => source.definitions)
  await applyObjects(parts, definitions)
  await waitForObjects(
    parts,
    {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      clusterScoped: true,
    },
    (found) => {
      const established = found.filter(
        (definition) => conditionOf(definition, 'Established').status === 'True',
      )
      const missing = definitions.length - established.length
      return missing > 0 ? `${missing} CustomResourceDefinitions are not established` : undefined
    },
  )

  report.status('starting the controllers')
  await Promise.all(
    providers.map((provider) =>
      start(providerCommand(provider, programs[provider.name], ports), () =>
        answers(`http://127.0.0.1:${ports[`${provider.name}-health`]}/readyz`),
      ),
    ),
  )
  const webhooks = await Promise.all(
    sources.map(({ provider, directory }) =>
      readWebhookConfigurations(directory, provider.name, {
        port: ports[`${provider.name}-webhook`],
        caBundle,
      }),
    ),
  )
  await applyObjects(parts, webhooks.flat())
}

async function readSources() {
  const directories = await sourceDirectories(...providers.map(({ module }) => module))
  return Promise.all(
    providers.map(async (provider: Provider, index) => {
      const directory = join(directories[index] ?? '', provider.config)
      return { provider, directory, definitions: await readCustomResourceDefinitions(directory) }
    }),
  )
}
