import { object, optionalList, text } from './common.ts'
import { blocking, defineContract } from './contract.ts'
import { Cluster } from './objects.ts'

const upgradeSteps = optionalList(object({ version: text }))
const upgrade = {
  cluster: Cluster,
  /** Versions that the control plane has still to go through. */
  controlPlaneUpgrades: upgradeSteps,
  /** Versions that the workers have still to go through. */
  workersUpgrades: upgradeSteps,
}
const before = { ...upgrade, fromKubernetesVersion: text, toKubernetesVersion: text }
const after = { ...upgrade, kubernetesVersion: text }

/** api/runtime/hooks/v1alpha1/lifecyclehooks_types.go, as all hooks of this file. */
export const BeforeClusterCreate = defineContract({
  hook: 'BeforeClusterCreate',
  handlerName: 'before-cluster-create',
  summary: 'Before any object of a new Cluster is created: wait for quota, a network, an approval.',
  request: { cluster: Cluster },
  response: blocking,
})

/** The only lifecycle hook that cannot block. */
export const AfterControlPlaneInitialized = defineContract({
  hook: 'AfterControlPlaneInitialized',
  handlerName: 'after-control-plane-initialized',
  summary:
    'Once the control plane is reachable for the first time: install what the Cluster needs.',
  request: { cluster: Cluster },
  response: {},
})

/** Called once for an upgrade, however many versions it goes through. */
export const BeforeClusterUpgrade = defineContract({
  hook: 'BeforeClusterUpgrade',
  handlerName: 'before-cluster-upgrade',
  summary: 'Before an upgrade of the Cluster begins: check that it may.',
  request: before,
  response: blocking,
})

/** Called for each step of the control plane's upgrade plan. */
export const BeforeControlPlaneUpgrade = defineContract({
  hook: 'BeforeControlPlaneUpgrade',
  handlerName: 'before-control-plane-upgrade',
  summary: 'Before the control plane goes to its next version.',
  request: before,
  response: blocking,
})

/** Called for each step of the control plane's upgrade plan. */
export const AfterControlPlaneUpgrade = defineContract({
  hook: 'AfterControlPlaneUpgrade',
  handlerName: 'after-control-plane-upgrade',
  summary: 'After the control plane has reached a version: hold the next step until add-ons agree.',
  request: after,
  response: blocking,
})

/** Called for each step of the workers' upgrade plan. */
export const BeforeWorkersUpgrade = defineContract({
  hook: 'BeforeWorkersUpgrade',
  handlerName: 'before-workers-upgrade',
  summary: 'Before the workers go to their next version.',
  request: before,
  response: blocking,
})

/** Called for each step of the workers' upgrade plan. */
export const AfterWorkersUpgrade = defineContract({
  hook: 'AfterWorkersUpgrade',
  handlerName: 'after-workers-upgrade',
  summary: 'After the workers have reached a version.',
  request: after,
  response: blocking,
})

/** Called once for an upgrade; the request carries no steps, as none is left. */
export const AfterClusterUpgrade = defineContract({
  hook: 'AfterClusterUpgrade',
  handlerName: 'after-cluster-upgrade',
  summary: 'After the whole Cluster has reached its version; holds the next upgrade.',
  request: { cluster: Cluster, kubernetesVersion: text },
  response: blocking,
})

/** Called until it no longer blocks; only then is anything deleted. */
export const BeforeClusterDelete = defineContract({
  hook: 'BeforeClusterDelete',
  handlerName: 'before-cluster-delete',
  summary: 'Before anything of a Cluster is deleted: a backup, a check, a goodbye.',
  request: { cluster: Cluster },
  response: blocking,
})
