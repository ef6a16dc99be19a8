import { expect, it } from 'vitest'
import { isObject, type JsonObject } from '../../../src/json/json.ts'
import { at, withValue } from '../../../src/json/path.ts'
import type { Knowledge } from '../../../src/rollout/verdict.ts'
import { recordedOf } from '../../recorded/recorded.ts'
import { type Edit, verdictsOf } from './edits.ts'

// Objects of a Machine as a recording has them, for three Machines.
const current = recordedOf('canupdatemachine')[1]?.request['current']
const namedAs = (object: unknown, name: string) =>
  JSON.parse(
    JSON.stringify(object)
      .replaceAll('beta-cluster-5f9tq-74whx', name)
      .replaceAll('beta-cluster', 'chain')
      .replaceAll('team-a', 'default'),
  )
const namesOfObjects = ['machine', 'bootstrapConfig', 'infrastructureMachine']
const objects: JsonObject[] = ['one', 'two', 'three'].flatMap((name) =>
  namesOfObjects.map((part) => namedAs(at(current, part), name)).filter(isObject),
)

const template = 'KubeadmControlPlaneTemplate'
const spec = 'spec.template.spec'
const file: Edit = {
  kind: template,
  path: `${spec}.kubeadmConfigSpec.files`,
  value: [{ path: '/a', content: 'a' }],
}
const customImage: Edit = {
  kind: 'DevMachineTemplate',
  holder: 'KubeadmControlPlane',
  path: `${spec}.backend.inMemory.vm.provisioning.startupDuration`,
  value: '3s',
}

/** The answer of an extension that can update all: it patches each object to the desired one. */
const all: Knowledge['canUpdate'] = async (_, request) => ({
  status: 'Success',
  ...Object.fromEntries(
    namesOfObjects.map((name) => {
      const value = at(request, 'desired', name, 'spec')
      const patch = btoa(JSON.stringify([{ op: 'replace', path: '/spec', value }]))
      return [`${name}Patch`, { patchType: 'JSONPatch', patch }]
    }),
  ),
})

it.each([
  ['a surge', {}, 2, 1, 'rolls out'],
  [
    'no surge',
    { path: `${spec}.rollout.strategy.rollingUpdate.maxSurge`, value: 0 },
    3,
    0,
    'in place',
  ],
])('counts three Machines with %s', async (_, strategy, inPlace, replaced, verdict) => {
  const before = 'path' in strategy ? [{ kind: template, ...strategy } as Edit] : []
  const verdicts = await verdictsOf([...before, file], before, { objects, canUpdate: all })
  expect(verdicts).toMatchObject([{ verdict, machines: 3, inPlace, replaced }])
})

it('replaces a Machine that is marked to be deleted', async () => {
  const mark = ['metadata', 'annotations', 'cluster.x-k8s.io/delete-machine']
  const marked = objects.map((object) =>
    object['kind'] === 'Machine' && at(object, 'metadata', 'name') === 'one'
      ? withValue(object, mark, '')
      : object,
  )
  const verdicts = await verdictsOf([file], [], { objects: marked, canUpdate: all })
  expect(verdicts).toMatchObject([{ machines: 3, inPlace: 1, replaced: 2 }])
})

it('asks with the infrastructure machine that the new template makes', async () => {
  const requests: JsonObject[] = []
  const canUpdate: Knowledge['canUpdate'] = async (hook, request) => {
    requests.push(request)
    return all(hook, request)
  }
  await verdictsOf([customImage], [], { objects, canUpdate })
  expect(requests).toHaveLength(3)
  const machine = (side: string, ...path: string[]) =>
    at(requests[0], side, 'infrastructureMachine', ...path)
  const duration = ['spec', 'backend', 'inMemory', 'vm', 'provisioning', 'startupDuration']
  expect(machine('current', ...duration)).toBe('2s')
  expect(machine('desired', ...duration)).toBe('3s')
  expect(machine('desired', 'spec', 'providerID')).toBe('in-memory://one')
  const cloned = ['metadata', 'annotations', 'cluster.x-k8s.io/cloned-from-name']
  expect(machine('current', ...cloned)).toBe('chain-aaaaa')
  expect(machine('desired', ...cloned)).toBe('chain-aaaaa')
})

it.each(['KubeadmConfig', 'DevMachine'])('needs the %s of each Machine', async (kind) => {
  const others = objects.filter((object) => object['kind'] !== kind)
  const [verdict] = await verdictsOf([file], [], { objects: others, canUpdate: all })
  expect(verdict).toMatchObject({ verdict: 'rolls out', machines: 3, needs: `${kind} one` })
})

it('replaces Machines whose infrastructure was made of no template', async () => {
  const strangers = objects.map((object) =>
    object['kind'] === 'DevMachine' ? withValue(object, ['metadata', 'annotations'], {}) : object,
  )
  const verdicts = await verdictsOf([file], [], { objects: strangers, canUpdate: all })
  expect(verdicts).toMatchObject([{ machines: 3, inPlace: 0, replaced: 3 }])
})
