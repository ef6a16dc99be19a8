export { canUpdateMachine, canUpdateMachineSet, type Updatable } from './can-update.ts'
