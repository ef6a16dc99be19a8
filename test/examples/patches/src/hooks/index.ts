import discoverVariables from './discover-variables.ts'
import generatePatches from './generate-patches.ts'
import validateTopology from './validate-topology.ts'

export const hooks = [discoverVariables, generatePatches, validateTopology]
