import type { Hook } from 'capi-extension'
import afterClusterUpgrade from './after-cluster-upgrade.ts'
import afterControlPlaneInitialized from './after-control-plane-initialized.ts'
import afterControlPlaneUpgrade from './after-control-plane-upgrade.ts'
import afterWorkersUpgrade from './after-workers-upgrade.ts'
import beforeClusterCreate from './before-cluster-create.ts'
import beforeClusterDelete from './before-cluster-delete.ts'
import beforeClusterUpgrade from './before-cluster-upgrade.ts'
import beforeControlPlaneUpgrade from './before-control-plane-upgrade.ts'
import beforeWorkersUpgrade from './before-workers-upgrade.ts'
import canUpdateMachine from './can-update-machine.ts'
import canUpdateMachineSet from './can-update-machineset.ts'
import discoverVariables from './discover-variables.ts'
import generatePatches from './generate-patches.ts'
import generateUpgradePlan from './generate-upgrade-plan.ts'
import updateMachine from './update-machine.ts'
import validateTopology from './validate-topology.ts'

export const hooks: readonly Hook[] = [
  // What this extension serves: one line for each hook.
  discoverVariables,
  beforeClusterCreate,
  generatePatches,
  validateTopology,
  afterControlPlaneInitialized,
  generateUpgradePlan,
  beforeClusterUpgrade,
  beforeControlPlaneUpgrade,
  afterControlPlaneUpgrade,
  beforeWorkersUpgrade,
  canUpdateMachineSet,
  canUpdateMachine,
  updateMachine,
  afterWorkersUpgrade,
  afterClusterUpgrade,
  beforeClusterDelete,
]
