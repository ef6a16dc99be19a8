import type { Kubeadm } from './kubeadm.ts'
import { replaceFirst } from './replace-first.ts'
import type { ExtraArg } from './types.ts'

/**
 * A program that takes arguments; `kubelet` is that of every machine.
 *
 * @example
 * ```ts
 * const components: KubeadmComponent[] = ['apiServer', 'controllerManager', 'scheduler']
 * for (const component of components) setArgument(kubeadm, component, 'v', '4')
 * ```
 */
export type KubeadmComponent = 'apiServer' | 'controllerManager' | 'scheduler' | 'etcd' | 'kubelet'

/**
 * Sets a command line argument of a component, whether it is set or not: in v1beta1 in a map, in
 * v1beta2 in a list, where it keeps its place.
 *
 * `kubelet` sets it for machines that join, and on a control plane for the one that starts the
 * cluster, too. Does nothing where the machines do not run the component: for workers all but the
 * kubelet, for a control plane with external etcd `etcd`. So one patch can be for all machines.
 *
 * @param name Without dashes in front.
 * @throws Error The name is empty or has dashes in front.
 *
 * @example
 * ```ts
 * setArgument(kubeadm, 'apiServer', 'audit-log-path', '/var/log/audit.log')
 * setArgument(kubeadm, 'kubelet', 'max-pods', '200')
 * ```
 */
export function setArgument(
  kubeadm: Kubeadm,
  component: KubeadmComponent,
  name: string,
  value: string,
): void {
  if (name === '' || name.startsWith('-'))
    throw new Error(
      `setArgument: the name of an argument has no dashes in front, such as "max-pods": "${name}" of ${component}`,
    )
  if (kubeadm.version === 'v1beta1')
    changeArguments(kubeadm.spec, kubeadm.role, component, (args: Record<string, string> = {}) => ({
      ...args,
      [name]: value,
    }))
  else
    changeArguments(kubeadm.spec, kubeadm.role, component, (args: ExtraArg[] = []) =>
      replaceFirst(args, (one) => one.name === name, { name, value }),
    )
}

interface Component<Args> {
  extraArgs?: Args
}
interface NodeConfiguration<Args> {
  nodeRegistration?: { kubeletExtraArgs?: Args }
}
/** What is the same in both versions but for the type of arguments. */
interface Spec<Args> {
  clusterConfiguration?: {
    apiServer?: Component<Args>
    controllerManager?: Component<Args>
    scheduler?: Component<Args>
    etcd?: { local?: Component<Args>; external?: object }
  }
  initConfiguration?: NodeConfiguration<Args>
  joinConfiguration?: NodeConfiguration<Args>
}

function changeArguments<Args>(
  spec: Spec<Args>,
  role: Kubeadm['role'],
  component: KubeadmComponent,
  change: (args: Args | undefined) => Args,
): void {
  if (component === 'kubelet') {
    spec.joinConfiguration = withKubelet(spec.joinConfiguration, change)
    if (role === 'control-plane')
      spec.initConfiguration = withKubelet(spec.initConfiguration, change)
    return
  }
  if (role === 'worker') return
  const { clusterConfiguration: cluster = {} } = spec
  if (component !== 'etcd') cluster[component] = withArgument(cluster[component], change)
  else if (cluster.etcd?.external) return
  else cluster.etcd = { ...cluster.etcd, local: withArgument(cluster.etcd?.local, change) }
  spec.clusterConfiguration = cluster
}

const withArgument = <Args>(
  component: Component<Args> = {},
  change: (args: Args | undefined) => Args,
) => ({
  ...component,
  extraArgs: change(component.extraArgs),
})

function withKubelet<Args>(
  configuration: NodeConfiguration<Args> = {},
  change: (args: Args | undefined) => Args,
): NodeConfiguration<Args> {
  const { nodeRegistration = {} } = configuration
  const kubeletExtraArgs = change(nodeRegistration.kubeletExtraArgs)
  return { ...configuration, nodeRegistration: { ...nodeRegistration, kubeletExtraArgs } }
}
