import afterControlPlaneInitialized from './after-control-plane-initialized.ts'
import beforeClusterCreate from './before-cluster-create.ts'
import beforeClusterUpgrade from './before-cluster-upgrade.ts'

export const hooks = [beforeClusterCreate, afterControlPlaneInitialized, beforeClusterUpgrade]
