import type { Services } from 'capi-extension'
import type { Machine } from 'capi-extension/hooks'
import * as v from 'valibot'

const jobSchema = v.object({ phase: v.picklist(['Running', 'Done', 'Failed']) })

interface MachineWithAddresses {
  status?: { addresses?: { type: string; address: string }[] }
}

/** The program on a node that writes files; it takes minutes, and knows a job by its id. */
export interface Agent {
  start(machine: Machine, id: string, files: unknown): Promise<void>
  phaseOf(machine: Machine, id: string): Promise<'Running' | 'Done' | 'Failed'>
}

export function createAgent({ api, settings, signal }: Services): Agent {
  async function send(machine: Machine, id: string, init: RequestInit): Promise<unknown> {
    const { name, namespace } = machine.metadata
    // Requests hold no status.
    const live = await api.get<MachineWithAddresses>({
      apiVersion: 'cluster.x-k8s.io/v1beta2',
      kind: 'Machine',
      name,
      namespace,
    })
    const address = live?.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address
    if (address === undefined) throw new Error(`the Machine ${name} has no address`)
    const url = `http://${address}:${settings.agentPort}/jobs/${id}`
    const response = await fetch(url, { ...init, signal })
    if (!response.ok) throw new Error(`the agent of ${name} answered ${response.status}`)
    return response.json()
  }
  return {
    async start(machine, id, files) {
      await send(machine, id, { method: 'PUT', body: JSON.stringify(files) })
    },
    async phaseOf(machine, id) {
      return v.parse(jobSchema, await send(machine, id, {})).phase
    },
  }
}
