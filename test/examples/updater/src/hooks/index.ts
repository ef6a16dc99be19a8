import canUpdateMachine from './can-update-machine.ts'
import canUpdateMachineSet from './can-update-machineset.ts'
import generateUpgradePlan from './generate-upgrade-plan.ts'
import updateMachine from './update-machine.ts'

export const hooks = [canUpdateMachine, canUpdateMachineSet, updateMachine, generateUpgradePlan]
