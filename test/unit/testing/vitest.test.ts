import { describe, expect, it } from 'vitest'
import { CanUpdateMachine } from '../../../src/contract/in-place-update.ts'
import { BeforeClusterCreate } from '../../../src/contract/lifecycle.ts'
import { GeneratePatches } from '../../../src/contract/topology.ts'
import type { Answer } from '../../../src/handler/answer.ts'
import { defineHook } from '../../../src/handler/hook.ts'
import { callHook } from '../../../src/testing/call-hook.ts'
import { machineOf } from '../../../src/testing/machine.ts'
import { requestOf } from '../../../src/testing/request.ts'
import '../../../src/testing/vitest.ts'
import { canUpdateMachine } from '../../../src/in-place-update/index.ts'
import { patchTemplate } from '../../../src/topology/template-patch.ts'
import { templateType } from '../../../src/topology/template-type.ts'
import { defineVariables } from '../../../src/topology/variables.ts'
import { walkTemplates } from '../../../src/topology/walk-templates.ts'

interface ControlPlane {
  spec: { template: { spec: { kubeadmConfigSpec: { format?: string; files?: object[] } } } }
}
const ControlPlane = templateType<ControlPlane>(
  'controlplane.cluster.x-k8s.io/v1beta2',
  'KubeadmControlPlaneTemplate',
)
const generatePatches = defineHook(GeneratePatches, (call) =>
  walkTemplates(call, { variables: defineVariables({}) }, [
    patchTemplate(ControlPlane, ({ template }) => {
      template.spec.template.spec.kubeadmConfigSpec = { format: 'ignition', files: [{}] }
    }),
  ]),
)
const config = (kubeadmConfigSpec: object) => ({
  spec: { template: { spec: { kubeadmConfigSpec } } },
})
const answered = () => callHook(generatePatches, requestOf(GeneratePatches))

/** The message of the error that an expectation ends with, without colours. */
function messageOf(expectation: () => void): string {
  try {
    expectation()
  } catch (error) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
    return String(Object(error).message).replaceAll(/\u001b\[\d+m/g, '')
  }
  throw new Error('it holds')
}

describe('toPatch', () => {
  it('holds for a change that has what is expected', async () => {
    const answer = await answered()
    expect(answer).toPatch(ControlPlane, config({ format: 'ignition' }))
    expect(answer).toPatch('KubeadmControlPlaneTemplate')
    expect(answer).toPatch(ControlPlane, config({ format: expect.stringMatching(/^ign/) }))
    expect(answer).not.toPatch(ControlPlane, config({ format: 'cloud-config' }))
    expect(answer).not.toPatch('DevClusterTemplate')
    const matchResources = { controlPlane: true }
    expect(answer).not.toPatch('DevMachineTemplate', {}, { matchResources })
  })

  it('says what differs, and nothing beside it', async () => {
    const answer = await answered()
    const expected = config({ format: 'cloud-config' })
    const failed = () => expect(answer).toPatch('KubeadmControlPlaneTemplate', expected)
    expect(messageOf(failed)).toBe(
      'the answer makes something else of the KubeadmControlPlaneTemplate',
    )
    expect(failed).toThrow(
      expect.objectContaining({ actual: config({ format: 'ignition' }), expected }),
    )
  })

  it('says that nothing was changed, or something', async () => {
    const answer = await answered()
    expect(messageOf(() => expect(answer).toPatch('DevClusterTemplate'))).toBe(
      'the answer leaves the DevClusterTemplate as it is',
    )
    expect(messageOf(() => expect(answer).not.toPatch(ControlPlane))).toBe(
      'the answer changes the KubeadmControlPlaneTemplate',
    )
    expect(() => expect(answer).toPatch('DevMachineTemplate')).toThrow(
      'several templates are meant',
    )
  })
})

describe('toUpdateInPlace', () => {
  const hook = defineHook(CanUpdateMachine, (call) =>
    canUpdateMachine(call, { machine: ['version'] }),
  )
  const answerTo = (desired: ReturnType<typeof machineOf>) =>
    callHook(hook, requestOf(CanUpdateMachine, { desired }))

  it('holds when the answer makes all changes', async () => {
    expect(await answerTo(machineOf({ version: 'v1.37.0' }))).toUpdateInPlace()
    const answer = await answerTo(machineOf({ spec: { failureDomain: 'b' } }))
    expect(answer).not.toUpdateInPlace()
    expect(messageOf(() => expect(answer).toUpdateInPlace())).toBe(
      'the controller replaces Machines: the answer leaves Machine spec.failureDomain',
    )
  })
})

describe('a matcher', () => {
  it('is for answers of its hook', async () => {
    const hook = defineHook(BeforeClusterCreate, () => {})
    const answer = await callHook(hook, requestOf(BeforeClusterCreate))
    expect(() => expect(answer).toPatch('KubeadmControlPlaneTemplate')).toThrow(
      new TypeError('this matcher is for answers of GeneratePatches'),
    )
    expect(() => expect(answer).toUpdateInPlace()).toThrow(
      new TypeError('this matcher is for answers of CanUpdateMachine and CanUpdateMachineSet'),
    )
  })

  it('is for what callHook gave', async () => {
    const copy: Answer = { ...(await answered()) }
    expect(() => expect(copy).toPatch('KubeadmControlPlaneTemplate')).toThrow(
      'this matcher is for the answer that callHook gave, and not for a copy of it',
    )
  })
})
