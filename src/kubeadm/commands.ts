import type { Kubeadm } from './kubeadm.ts'

/**
 * A list of commands that machines run while they start.
 *
 * @example
 * ```ts
 * const list: CommandList = kubeadm.role === 'worker' ? 'preKubeadmCommands' : 'bootCommands'
 * prependCommand(kubeadm, list, 'systemctl restart containerd')
 * ```
 */
export type CommandList = 'bootCommands' | 'preKubeadmCommands' | 'postKubeadmCommands'

/**
 * Makes a command the first of its list. It stands there once, also when the template has it
 * elsewhere in the list.
 *
 * @example
 * ```ts
 * prependCommand(kubeadm, 'preKubeadmCommands', 'systemctl restart containerd')
 * ```
 */
export function prependCommand({ spec }: Kubeadm, list: CommandList, command: string): void {
  spec[list] = [command, ...without(spec[list], command)]
}

/**
 * Makes a command the last of its list. It stands there once, also when the template has it
 * elsewhere in the list.
 *
 * @example
 * ```ts
 * appendCommand(kubeadm, 'postKubeadmCommands', 'touch /run/ready')
 * ```
 */
export function appendCommand({ spec }: Kubeadm, list: CommandList, command: string): void {
  spec[list] = [...without(spec[list], command), command]
}

const without = (commands: readonly string[] = [], command: string) =>
  commands.filter((one) => one !== command)
