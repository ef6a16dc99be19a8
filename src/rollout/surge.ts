/** How Machines of a rollout get their new state. */
export interface Counts {
  readonly inPlace: number
  readonly replaced: number
}

/**
 * Machines of a MachineDeployment whose MachineSet an extension can update: without maxUnavailable one Machine is created
 * first, so that others may be missing while they are updated, and the last old one is deleted
 * (reconcileInPlaceUpdateIntent in core/reconcilers/machinedeployment/machinedeployment_rollout_rollingupdate.go).
 */
export function countMachineSet(machines: number, strategy: RollingUpdate): Counts {
  const { maxUnavailable } = fenceposts(strategy, machines)
  const replaced = maxUnavailable > 0 ? 0 : Math.min(machines, 1)
  return { inPlace: machines - replaced, replaced }
}

interface RollingUpdate {
  readonly maxSurge: unknown
  readonly maxUnavailable: unknown
}

// ResolveFenceposts in core/reconcilers/machinedeployment/mdutil/util.go.
function fenceposts({ maxSurge, maxUnavailable }: RollingUpdate, replicas: number) {
  const surge = scaled(maxSurge ?? 1, replicas, Math.ceil)
  const unavailable = scaled(maxUnavailable ?? 0, replicas, Math.floor)
  return { maxSurge: surge, maxUnavailable: surge === 0 && unavailable === 0 ? 1 : unavailable }
}

function scaled(value: unknown, replicas: number, round: (value: number) => number): number {
  const percent = /^(\d+)%$/.exec(String(value))?.[1]
  return percent === undefined ? Number(value) : round((Number(percent) / 100) * replicas)
}

/**
 * Machines of a control plane, one after the other: while fewer are up to date than wanted, one that can be updated in
 * place is; all others are deleted (rollingUpdate in
 * controlplane/kubeadm/reconcilers/kubeadmcontrolplane/update.go).
 *
 * @param canUpdate For each Machine that is not up to date, in the order in which the controller takes them.
 */
export function countControlPlane(
  canUpdate: readonly boolean[],
  upToDate: number,
  maxSurge: number,
): Counts {
  const desired = upToDate + canUpdate.length
  const counts = { inPlace: 0, replaced: 0 }
  let current = desired
  let ready = upToDate
  for (const can of canUpdate) {
    for (; current < desired + maxSurge; current++) ready++
    if (can && ready < desired) {
      counts.inPlace++
      ready++
    } else {
      counts.replaced++
      current--
    }
  }
  return counts
}
