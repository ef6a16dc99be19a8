import { objectAt } from '../json/json.ts'
import type { Api } from './api.ts'
import type { KubernetesObject } from './objects.ts'
import { configMapLabels, configMapName, type LiveOwner, whose } from './owned-config-map.ts'
import { createState, type NamedOwner, type StateOf } from './state.ts'
import { type Entries, type Snapshot, StateError } from './state-entries.ts'

type ApiOf = (signal?: AbortSignal) => Api

/**
 * States in ConfigMaps of the management cluster.
 *
 * @param api The objects of the management cluster; what it does ends with the signal.
 * @param extension The name of the extension, which is part of the names of the ConfigMaps.
 */
export function configMapState(
  api: ApiOf,
  extension: string,
  now = () => new Date(),
): (signal: AbortSignal) => StateOf {
  return (signal) => createState((owner) => configMapEntries(api, extension, owner), signal, now)
}

function configMapEntries(api: ApiOf, extension: string, owner: NamedOwner): Entries {
  const { kind, namespace } = owner
  const name = configMapName(owner, extension)
  const reference = { apiVersion: 'v1', kind: 'ConfigMap', namespace, name }
  const labels = configMapLabels(owner, extension)
  const place = `the ConfigMap ${namespace}/${name}`
  let live: LiveOwner | undefined

  async function open(bound: Api): Promise<Snapshot> {
    const found = await bound.get(reference)
    // The owner may have to be asked for: not when there is nothing to read.
    if (found) live ??= await findOwner(bound, owner)
    const belongs = found && live && whose(found, live, labels)
    if (belongs === 'other')
      throw new StateError(
        `${place} is not of this ${kind} ${owner.name}: see its ownerReferences and its label app.kubernetes.io/managed-by`,
      )

    const texts = found ? textsOf(found) : new Map<string, string>()
    const resourceVersion = found?.metadata.resourceVersion
    return {
      texts: belongs === 'earlier' ? new Map() : texts,
      async write(entry, text) {
        if (belongs === 'ours') {
          const data = { [entry]: text ?? null }
          return isDone(await bound.patch(reference, { metadata: { resourceVersion }, data }))
        }
        live ??= await findOwner(bound, owner)
        const { creationTimestamp: _, ...ownerReference } = live
        const metadata = { labels, ownerReferences: [ownerReference] }
        const data = text === undefined ? {} : { [entry]: text }
        if (found) {
          const cleared = Object.fromEntries([...texts.keys()].map((key) => [key, null]))
          const changes = {
            metadata: { ...metadata, resourceVersion },
            data: { ...cleared, ...data },
          }
          return isDone(await bound.patch(reference, changes))
        }
        const { apiVersion, kind } = reference
        const object = { apiVersion, kind, metadata: { name, namespace, ...metadata }, data }
        return isDone(await bound.create(object))
      },
    }
  }
  return { place, read: (signal) => open(api(signal)) }
}

const isDone = (answer: object | string) => typeof answer === 'object'

/**
 * The owner with its uid, as an ownerReference takes it. It is neither controller nor blockOwnerDeletion: that would
 * need a right on the owner's finalizers. The API server is asked where a request leaves the uid out.
 */
async function findOwner(bound: Api, owner: NamedOwner): Promise<LiveOwner> {
  const { apiVersion, kind, name, namespace } = owner
  const known = owner.metadata.uid
    ? owner.metadata
    : (await bound.get({ apiVersion, kind, name, namespace }))?.metadata
  if (!known?.uid) throw new StateError(`the ${kind} ${namespace}/${name} has gone, with its state`)
  const creationTimestamp = known.creationTimestamp ?? undefined
  return { apiVersion, kind, name, uid: known.uid, creationTimestamp }
}

function textsOf(configMap: KubernetesObject): Map<string, string> {
  const entries = Object.entries(objectAt(configMap, ['data']) ?? {})
  return new Map(entries.map(([key, text]) => [key, String(text)]))
}
