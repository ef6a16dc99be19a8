import { CanUpdateMachine, GenerateUpgradePlan, UpdateMachine } from 'capi-extension/hooks'
import {
  callHook,
  machineOf,
  memoryApi,
  memoryState,
  remainingChanges,
  requestOf,
} from 'capi-extension/testing'
import { expect, it } from 'vitest'
import type { Agent } from '../src/agent.ts'
import canUpdateMachine from '../src/hooks/can-update-machine.ts'
import generateUpgradePlan from '../src/hooks/generate-upgrade-plan.ts'
import updateMachine from '../src/hooks/update-machine.ts'

const settings = { agentPort: 7777 }
const machineWith = (...paths: string[]) =>
  machineOf({ bootstrapConfig: { spec: { files: paths.map((path) => ({ path, content: 'a' })) } } })

/** An agent that needs so many calls until a job is done. */
function agentOf(calls: number) {
  const started: string[] = []
  let left = calls
  const agent: Agent = {
    async start(_, id) {
      started.push(id)
    },
    phaseOf: async () => (left-- > 0 ? 'Running' : 'Done'),
  }
  return { agent, started }
}

it('takes over its own files, and leaves others to a new Machine', async () => {
  const { agent } = agentOf(0)
  const canUpdate = async (path: string) => {
    const request = requestOf(CanUpdateMachine, {
      current: machineWith(),
      desired: machineWith(path),
    })
    return remainingChanges(request, await callHook(canUpdateMachine, request, { settings, agent }))
  }
  expect(await canUpdate('/etc/app/config')).toEqual([])
  expect(await canUpdate('/etc/fstab')).toEqual(['KubeadmConfig spec.files[0]'])
})

it('starts one job, and asks until it is done', async () => {
  const { agent, started } = agentOf(2)
  const state = memoryState()
  const request = requestOf(UpdateMachine, { desired: machineWith('/etc/app/config') })
  const waits: unknown[] = []
  for (let call = 0; call < 4; call++)
    waits.push(
      (await callHook(updateMachine, request, { settings, agent, state })).retryAfterSeconds,
    )
  expect(waits).toEqual([30, 30, 0, 0])
  expect(started).toHaveLength(1)
})

it('starts another job for another desired state', async () => {
  const { agent, started } = agentOf(0)
  const state = memoryState()
  for (const path of ['/etc/app/a', '/etc/app/b']) {
    const request = requestOf(UpdateMachine, { desired: machineWith(path) })
    await callHook(updateMachine, request, { settings, agent, state })
  }
  expect(new Set(started).size).toBe(2)
})

it('plans with the versions that are allowed', async () => {
  const { agent } = agentOf(0)
  const request = requestOf(GenerateUpgradePlan, { toKubernetesVersion: 'v1.36.0' })
  const missing = await callHook(generateUpgradePlan, request, { settings, agent })
  expect(missing.message).toBe('ConfigMap default/allowed-versions is missing')
  const api = memoryApi([
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'allowed-versions', namespace: 'default' },
      data: { versions: 'v1.35.2 v1.36.0' },
    },
  ])
  expect(await callHook(generateUpgradePlan, request, { settings, agent, api })).toMatchObject({
    controlPlaneUpgrades: [{ version: 'v1.36.0' }],
  })
})
