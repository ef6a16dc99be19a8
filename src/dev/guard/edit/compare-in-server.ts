import { readFile } from 'node:fs/promises'
import { KubeConfig, KubernetesObjectApi } from '@kubernetes/client-node'
import { handlerPath } from '../../../contract/contract.ts'
import { isObject } from '../../../json/json.ts'
import { StartError } from '../../../messages/start-error.ts'
import { renderTopology } from '../../../render/render.ts'
import { compareTopologies } from '../../../rollout/compare-topologies.ts'
import { describeApiError } from '../../sandbox/errors.ts'
import { readTopology, type StoredTopology } from '../../sandbox/read-topology.ts'
import { type Answerer, contractOf } from '../answerer.ts'
import { canUpdateOf } from '../can-update.ts'
import { type Effect, effectOn } from '../result.ts'
import type { ClusterInServer } from './edit-question.ts'

/**
 * What an edit does to a Cluster in an API server, whose topology is rendered with both versions; nothing where there is
 * none, or where it could not be rendered before.
 */
export async function compareInServer(
  cluster: ClusterInServer,
  before: Answerer,
  after: Answerer,
): Promise<readonly Effect[]> {
  const config = new KubeConfig()
  config.loadFromString(await readFile(cluster.kubeconfig, 'utf8'))
  const objects = KubernetesObjectApi.makeApiClient(config)
  const topology = await readTopology({ objects }, cluster).catch((error: unknown) => {
    throw new StartError(describeApiError(error))
  })
  if (!topology) return []
  const [had, has] = [
    await render(topology, cluster, before),
    await render(topology, cluster, after),
  ]
  if ('problem' in had) return []
  const name = `${cluster.namespace}/${cluster.name}`
  if ('problem' in has)
    return [effectOn(name, 'the topology', { verdict: 'error', reason: has.problem })]
  const { objects: stored = [], settings } = topology
  const problems: string[] = []
  const canUpdate = await canUpdateOf(after, {
    settings,
    onProblem: (problem) => problems.push(problem),
  })
  const knowledge = { objects: stored, ...(canUpdate && { canUpdate }) }
  const effects = await compareTopologies(had.items, has.items, [], knowledge)
  return [
    ...effects,
    ...problems.map((reason) => effectOn(name, 'updates in place', { verdict: 'error', reason })),
  ]
}

async function render(
  { settings, ...input }: StoredTopology,
  { extensionConfig }: ClusterInServer,
  answerer: Answerer,
) {
  try {
    const { desired, patches, validations } = await renderTopology({
      ...input,
      async call(handler, hook, request) {
        const [own = '', config] = handler.split('.')
        const contract = contractOf({ hook })
        if (config !== extensionConfig || !contract) return undefined
        const ofPatch = isObject(request['settings']) ? request['settings'] : {}
        const answered = await answerer.answer({
          hook,
          url: handlerPath(contract, own),
          request: { ...request, settings: { ...settings, ...ofPatch } },
        })
        if ('answer' in answered) return answered.answer
        throw new StartError(answered.problem)
      },
    })
    const failed = patches.find(({ state }) => state === 'failed')
    if (failed) return { problem: failed.message ?? `patch ${failed.name} fails` }
    const refused = validations.find(({ answer }) => answer && answer['status'] !== 'Success')
    if (refused) return { problem: String(refused.answer?.['message']) }
    return { items: desired }
  } catch (error) {
    if (error instanceof StartError) return { problem: error.message }
    throw error
  }
}
