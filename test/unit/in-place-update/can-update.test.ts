import { applyPatch, type Operation } from 'rfc6902'
import { describe, expect, it } from 'vitest'
import type { Patch } from '../../../src/contract/common.ts'
import type { Call } from '../../../src/handler/context.ts'
import { canUpdateMachine, canUpdateMachineSet } from '../../../src/in-place-update/can-update.ts'
import { contextFor } from '../../support/context.ts'

const updatable = {
  machine: ['version'],
  bootstrapConfig: { KubeadmConfig: ['clusterConfiguration.etcd.local.imageTag', 'files'] },
  infrastructureMachine: { DevMachine: ['backend.docker.bootstrapTimeout'] },
}

function call<Request extends object>(request: Request): Call<Request> {
  return { request, ...contextFor() }
}

const reference = { apiGroup: 'g', kind: 'k', name: 'n' }
const machine = (spec: object = {}) => ({
  kind: 'Machine',
  metadata: { name: 'm', namespace: 'default' },
  spec: { clusterName: 'c', bootstrap: {}, infrastructureRef: reference, ...spec },
})
const objects = (spec: object = {}, config: object = {}, infrastructure: object = {}) => ({
  machine: machine(spec),
  bootstrapConfig: { kind: 'KubeadmConfig', spec: config },
  infrastructureMachine: { kind: 'DevMachine', spec: infrastructure },
})

function operations(patch: Patch | undefined): Operation[] {
  return patch === undefined ? [] : JSON.parse(Buffer.from(patch.patch, 'base64').toString())
}

describe('the patches', () => {
  it('bring over the paths that can be updated, and nothing else', () => {
    const current = objects({ version: 'v1' }, { files: ['a'], format: 'x' })
    const desired = objects({ version: 'v2', failureDomain: 'b' }, { files: ['b'], format: 'y' })
    const answer = canUpdateMachine(call({ current, desired }), updatable)
    applyPatch(current.machine, operations(answer.machinePatch))
    applyPatch(current.bootstrapConfig, operations(answer.bootstrapConfigPatch))
    expect(current).toMatchObject(objects({ version: 'v2' }, { files: ['b'], format: 'x' }))
    expect(current.machine.spec).not.toHaveProperty('failureDomain')
    expect(answer.infrastructureMachinePatch).toBeUndefined()
  })

  it('make and remove the objects on the way', () => {
    const withTag = { clusterConfiguration: { etcd: { local: { imageTag: '3.6' } } } }
    for (const [from, to] of [
      [{}, withTag],
      [withTag, {}],
      [withTag, { clusterConfiguration: { etcd: { local: { imageTag: '3.7' } } } }],
      [{ files: ['a'] }, {}],
    ]) {
      const current = objects({}, structuredClone(from))
      const answer = canUpdateMachine(call({ current, desired: objects({}, to) }), updatable)
      applyPatch(current.bootstrapConfig, operations(answer.bootstrapConfigPatch))
      expect(current.bootstrapConfig.spec).toEqual(to)
      expect(answer).not.toHaveProperty('message')
    }
  })

  it('leave kinds alone that are not declared', () => {
    const own = (files: string[]) => ({
      ...objects(),
      bootstrapConfig: { kind: 'OtherConfig', spec: { files } },
    })
    const answer = canUpdateMachine(call({ current: own(['a']), desired: own(['b']) }), updatable)
    expect(answer).toMatchObject({
      bootstrapConfigPatch: undefined,
      message: 'cannot be updated in place: OtherConfig spec.files.0',
    })
  })

  it('need both objects', () => {
    const { bootstrapConfig: _, ...without } = objects()
    const desired = objects({}, { files: ['a'] })
    const answer = canUpdateMachine(call({ current: without, desired }), updatable)
    expect(answer.bootstrapConfigPatch).toBeUndefined()
  })
})

describe('the report', () => {
  it('names what forces a replacement', () => {
    const current = objects({ failureDomain: 'a' }, { format: 'x' }, { backend: { docker: {} } })
    const desired = objects({ failureDomain: 'b' }, {}, { backend: { inMemory: {} } })
    expect(canUpdateMachine(call({ current, desired }), updatable).message).toBe(
      'cannot be updated in place: Machine spec.failureDomain, KubeadmConfig spec.format, DevMachine spec.backend.docker, DevMachine spec.backend.inMemory',
    )
  })

  it('leaves out what the controllers do not compare', () => {
    // internal/util/inplace: CleanupMachineSpecForDiff
    const desired = objects({
      bootstrap: { dataSecretName: 'other' },
      infrastructureRef: { ...reference, name: 'other' },
      providerID: 'other',
      minReadySeconds: 5,
      readinessGates: [],
      deletion: { nodeDrainTimeoutSeconds: 1 },
      taints: [],
    })
    expect(canUpdateMachine(call({ current: objects(), desired }), updatable)).not.toHaveProperty(
      'message',
    )
  })
})

it('looks below spec.template.spec of a MachineSet and its templates', () => {
  const set = (version: string, files: string[]) => ({
    machineSet: {
      kind: 'MachineSet',
      metadata: { name: 'm', namespace: 'default' },
      spec: {
        clusterName: 'c',
        selector: {},
        template: {
          spec: { clusterName: 'c', bootstrap: {}, infrastructureRef: reference, version },
        },
      },
    },
    bootstrapConfigTemplate: {
      kind: 'KubeadmConfigTemplate',
      spec: { template: { spec: { files } } },
    },
    infrastructureMachineTemplate: {
      kind: 'DevMachineTemplate',
      spec: { template: { spec: {} } },
    },
  })
  const [current, desired] = [set('v1', ['a']), set('v2', ['b'])]
  const answer = canUpdateMachineSet(call({ current, desired }), updatable)
  applyPatch(current.machineSet, operations(answer.machineSetPatch))
  applyPatch(current.bootstrapConfigTemplate, operations(answer.bootstrapConfigTemplatePatch))
  expect(current).toEqual(desired)
  expect(answer).not.toHaveProperty('message')
})
