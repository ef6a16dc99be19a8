export { canUpdateMachine, canUpdateMachineSet } from './can-update.ts'
export type { Change, Each, ItemChange, Updatable, UpdatablePath } from './updatable.ts'
