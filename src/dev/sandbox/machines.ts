import { styleText } from 'node:util'
import { type TerminalStream, wrap } from '../terminal.ts'
import { conditionOf, oneLine, type Resource } from './objects.ts'

/** What was last told of a Machine. */
interface Told {
  readonly resource: Resource
  readonly isUpdating: boolean
  readonly isDeleted: boolean
  /** Why it is not up to date; empty when it is. */
  readonly why: string
  /** Of an update in place; empty when there is none. */
  readonly failure: string
}

/**
 * Turns the Machines, given again after every change, into a line for each that is created, replaced, updated in
 * place or deleted, with the reason that the controllers give. Those of the first time are there already.
 */
export function createMachineView(
  stream: TerminalStream,
): (machines: readonly Resource[]) => string[] {
  let before: Map<string | undefined, Told> | undefined
  return (machines) => {
    const known = before
    before = new Map(
      machines.map((resource) => {
        const uid = resource.metadata?.uid
        return [uid, read(resource, known?.get(uid)?.why ?? '')]
      }),
    )
    if (!known) return []
    return [...before].flatMap(([uid, told]) =>
      happened(told, known.get(uid)).flatMap(([what, why]) =>
        line(told.resource, what, why, stream),
      ),
    )
  }
}

function read(resource: Resource, before: string): Told {
  const { status, reason, message } = conditionOf(resource, 'UpToDate')
  // While it is updated the condition says only that it is.
  const why = reason === 'Updating' ? before : status === 'False' ? oneLine(message) : ''
  const updating = conditionOf(resource, 'Updating')
  return {
    resource,
    why,
    isUpdating: updating.status === 'True',
    failure: updating.reason === 'InPlaceUpdateFailed' ? oneLine(updating.message) : '',
    isDeleted: resource.metadata?.deletionTimestamp !== undefined,
  }
}

type Happening = readonly [what: string, why: string]

function happened(now: Told, before: Told | undefined): Happening[] {
  const { resource, why, isUpdating, isDeleted, failure } = now
  const happenings: Happening[] = []
  if (!before) happenings.push(['created', describe(resource)])
  if (isDeleted && !before?.isDeleted) happenings.push([why === '' ? 'deleted' : 'replaced', why])
  if (isUpdating && !before?.isUpdating) happenings.push(['updating in place', why])
  if (failure !== '' && failure !== before?.failure) happenings.push(['update failed', failure])
  if (!isUpdating && before?.isUpdating && !isDeleted) happenings.push(['updated in place', ''])
  return happenings
}

function line(machine: Resource, what: string, why: string, stream: TerminalStream): string[] {
  const { namespace, name } = machine.metadata ?? {}
  const columns = [
    styleText('dim', new Date().toTimeString().slice(0, 8), { stream }),
    styleText('cyan', 'Machine', { stream }),
    what.padEnd(38),
  ]
  return wrap(columns.join(' '), [`${namespace}/${name}`, why], stream)
}

function describe({ metadata, spec }: Resource): string {
  const labels = metadata?.labels ?? {}
  const isControlPlane = 'cluster.x-k8s.io/control-plane' in labels
  const owner = isControlPlane
    ? 'control plane'
    : labels['topology.cluster.x-k8s.io/deployment-name']
  return [owner, spec?.['version']].filter(Boolean).join(' ')
}
