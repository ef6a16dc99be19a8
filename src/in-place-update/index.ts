// 'capi-extension/in-place-update': which changes of a Machine are made in place.

export { canUpdateMachine, canUpdateMachineSet } from './can-update.ts'
export type {
  Change,
  ItemChange,
  Updatable,
  UpdatableItems,
  UpdatablePath,
} from './updatable.ts'
export { updateIdOf } from './update-id-of.ts'
