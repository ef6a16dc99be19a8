import { certificateDirectory, ensureCertificates } from '../certificate-directory.ts'
import type { Project } from '../project.ts'
import { type Clock, realClock } from './call.ts'
import { createClient } from './client.ts'
import { startDemoExtension } from './demo-extension.ts'
import type { Emit, SummaryEvent } from './events.ts'
import { simulateCluster } from './scenario/simulate-cluster.ts'

/** What the demo plays against. */
export interface DemoOptions {
  readonly project: Pick<Project, 'root' | 'extensionConfig'>
  /** Beside the settings of the project, or in the place of one. */
  readonly settings?: Readonly<Record<string, string>>
  /** Values for variables of the Cluster, by name. */
  readonly variables?: Readonly<Record<string, unknown>>
  readonly emit: Emit
  /** Starts the extension; the one of the project unless given. */
  readonly startExtension?: typeof startDemoExtension
  /** The time of the machine unless given. */
  readonly clock?: Clock
}

/** Starts the extension of a project, plays the life of a Cluster against it over HTTPS, and stops it. Rejects with StartError. */
export async function runDemo({
  project: { root, extensionConfig },
  settings = {},
  variables = {},
  emit,
  startExtension = startDemoExtension,
  clock = realClock,
}: DemoOptions): Promise<SummaryEvent> {
  const { ca } = await ensureCertificates(certificateDirectory(root))
  const said: string[] = []
  const extension = await startExtension(root, (text) => {
    said.push(text)
    emit({ event: 'note', text })
  })
  const { url } = extension
  const client = createClient({ url, ca, settings: { ...extensionConfig.settings, ...settings } })
  try {
    const summary = await simulateCluster({
      url,
      client,
      emit,
      clock,
      extensionConfigName: extensionConfig.name,
      variables,
      from: 'v1.34.0',
      to: 'v1.36.4',
      maxBlockSeconds: 10,
      longBlocks: 'note',
    })
    // Such as a patch that matched nothing: it is far above the summary by now.
    for (const text of said) emit({ event: 'note', text: `The extension said: ${text}` })
    return summary
  } finally {
    client.close()
    await extension.close()
  }
}
