import type { Hook } from 'capi-extension'
import beforeClusterCreate from './before-cluster-create.ts'
import discoverVariables from './discover-variables.ts'
import generatePatches from './generate-patches.ts'

export const hooks: readonly Hook[] = [discoverVariables, beforeClusterCreate, generatePatches]
