import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { createMachineView } from '../../../../src/dev/sandbox/machines.ts'
import type { Resource } from '../../../../src/dev/sandbox/objects.ts'

const stream = Object.assign(new PassThrough(), { columns: 200 })

interface State {
  readonly notUpToDate?: string
  readonly upToDateReason?: string
  readonly updating?: readonly [reason: string, message: string]
  readonly isDeleted?: true
}

function machine(name: string, state: State = {}): Resource {
  const { notUpToDate, upToDateReason = 'NotUpToDate', updating, isDeleted } = state
  const upToDate = notUpToDate === undefined ? 'True' : 'False'
  const [reason = 'NotUpdating', message = ''] = updating ?? []
  return {
    kind: 'Machine',
    metadata: {
      uid: name,
      name,
      namespace: 'default',
      labels: name.startsWith('md')
        ? { 'topology.cluster.x-k8s.io/deployment-name': 'md-0' }
        : { 'cluster.x-k8s.io/control-plane': '' },
      ...(isDeleted && { deletionTimestamp: new Date() }),
    },
    spec: { version: 'v1.34.0' },
    status: {
      conditions: [
        { type: 'UpToDate', status: upToDate, reason: upToDateReason, message: notUpToDate },
        { type: 'Updating', status: updating ? 'True' : 'False', reason, message },
      ],
    },
  }
}

/** The lines of Machines as they change, without the time. */
function lines(...changes: Resource[][]): string[] {
  const view = createMachineView(stream)
  return changes.flatMap((machines) => view(machines)).map((line) => line.slice(9))
}

it('tells of new Machines, not of those that are there', () => {
  expect(
    lines([machine('a')], [machine('a'), machine('md-b')], [machine('a'), machine('md-b')]),
  ).toEqual(['Machine created                                 default/md-b  md-0 v1.34.0'])
  expect(lines([], [machine('a')])).toEqual([
    'Machine created                                 default/a  control plane v1.34.0',
  ])
})

// Conditions as the controllers of Cluster API v1.14.2 wrote them, in this order.
const old = '* Version v1.34.0, v1.35.8 required\n* KubeadmConfig is not up-to-date'

it('tells why a Machine is replaced', () => {
  const gone = { notUpToDate: old, isDeleted: true } as const
  expect(
    lines(
      [machine('a')],
      [machine('a', { notUpToDate: old })],
      [machine('a', gone)],
      [machine('a', gone)],
      [],
    ),
  ).toEqual([
    'Machine replaced                                default/a  Version v1.34.0, v1.35.8 required; KubeadmConfig is not up-to-date',
  ])
})

it('tells that a Machine is deleted which nothing replaces', () => {
  expect(lines([machine('a')], [machine('a', { isDeleted: true })], [])).toEqual([
    'Machine deleted                                 default/a',
  ])
})

it('tells why a Machine is updated in place, and when that is done', () => {
  const notUpToDate = '* KubeadmConfig is not up-to-date'
  const progress = 'In-place update in progress: Extension is updating Machine'
  const updating = ['InPlaceUpdating', progress] as const
  const asUpdating = { notUpToDate: `* ${progress}`, upToDateReason: 'Updating' }
  expect(
    lines(
      [machine('a')],
      [machine('a', { notUpToDate })],
      [machine('a', { notUpToDate, updating })],
      [machine('a', { ...asUpdating, updating })],
      [machine('a', asUpdating)],
      [machine('a')],
    ),
  ).toEqual([
    'Machine updating in place                       default/a  KubeadmConfig is not up-to-date',
    'Machine updated in place                        default/a',
  ])
  // Both conditions may change at once.
  expect(
    lines([machine('a', { notUpToDate })], [machine('a', { ...asUpdating, updating })]),
  ).toEqual([
    'Machine updating in place                       default/a  KubeadmConfig is not up-to-date',
  ])
})

it('tells that an update in place failed, once', () => {
  const notUpToDate = '* KubeadmConfig is not up-to-date'
  const failed = {
    notUpToDate,
    updating: [
      'InPlaceUpdateFailed',
      'UpdateMachine hook failed: please check controller logs for errors',
    ],
  } as const
  expect(
    lines([machine('a', { notUpToDate })], [machine('a', failed)], [machine('a', failed)]),
  ).toEqual([
    'Machine updating in place                       default/a  KubeadmConfig is not up-to-date',
    'Machine update failed                           default/a  UpdateMachine hook failed: please check controller logs for errors',
  ])
})
