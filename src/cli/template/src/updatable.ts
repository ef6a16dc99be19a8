import type { Updatable } from 'capi-extension/in-place-update'

/**
 * What update-machine can change without a new Machine: nothing yet, so that Machines are replaced as ever. Files of
 * the bootstrap configuration would be `bootstrapConfig: { KubeadmConfig: ['files'] }`.
 */
export const updatable: Updatable = {}
