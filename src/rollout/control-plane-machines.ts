import { isObject, type JsonObject } from '../json/json.ts'
import { at } from '../json/path.ts'
import { isForInit } from './kubeadm-config.ts'
import type { MachineRoles } from './kubeadm-control-plane.ts'
import { kubeadmConfigSpecInHub } from './kubeadm-hub.ts'
import { labelOf, type Stored } from './stored.ts'

/** The Machines of the control plane, the oldest first, which is the order in which they are replaced. */
export function controlPlaneMachines(stored: Stored): JsonObject[] {
  const created = (machine: JsonObject) =>
    String(at(machine, 'metadata', 'creationTimestamp') ?? '')
  return stored
    .list('Machine')
    .filter((machine) => labelOf(machine, 'cluster.x-k8s.io/control-plane') !== undefined)
    .toSorted((one, other) => (created(one) < created(other) ? -1 : 1))
}

/** Whether `kubeadm init` made the Machine; undefined: nobody knows. */
export function isInitMachine(machine: JsonObject, stored: Stored): boolean | undefined {
  const config = stored.find(at(machine, 'spec', 'bootstrap', 'configRef'))
  if (!config) return undefined
  const spec = isObject(config['spec']) ? config['spec'] : {}
  return isForInit(kubeadmConfigSpecInHub(spec, config['apiVersion']))
}

/** How many Machines of the control plane were made in which way. */
export function machineRoles(stored: Stored | undefined): MachineRoles {
  if (!stored) return undefined
  const machines = controlPlaneMachines(stored)
  const areInit = machines.map((machine) => isInitMachine(machine, stored))
  if (machines.length === 0 || areInit.includes(undefined)) return undefined
  const init = areInit.filter((isInit) => isInit).length
  return { init, join: machines.length - init }
}

/** Machines of the control plane whose certificates expire within so many days (util/collections/machine_filters.go). */
export function expiringMachines(stored: Stored | undefined, days: number): number | undefined {
  const machines = stored ? controlPlaneMachines(stored) : []
  if (machines.length === 0) return undefined
  const end = Date.now() + days * 86_400_000
  const dates = machines.map((machine) => at(machine, 'status', 'certificatesExpiryDate'))
  return dates.filter((date) => Date.parse(String(date)) < end).length
}
