import type { Values } from './sample-variables.ts'

/** Command line arguments in v1beta2 of kubeadm's API groups. */
export type Arguments = { name: string; value: string }[]
/** Command line arguments in v1beta1. */
export type ArgumentsV1Beta1 = Record<string, string>

interface Component<Args> {
  extraArgs?: Args
}
interface NodeConfiguration<Args> {
  nodeRegistration?: { kubeletExtraArgs?: Args }
}
interface File {
  path?: string | undefined
  content?: string | undefined
  contentFormat?: string | undefined
  owner?: string
  permissions?: string
}
/** Of a KubeadmConfig the part that generate-patches touches (api/bootstrap/kubeadm). */
export interface KubeadmConfigSpec<Args> {
  clusterConfiguration?: {
    apiServer?: Component<Args>
    controllerManager?: Component<Args>
    scheduler?: Component<Args>
  }
  initConfiguration?: NodeConfiguration<Args>
  joinConfiguration?: NodeConfiguration<Args>
  files?: File[]
  preKubeadmCommands?: string[]
}

/** How a version of the API adds arguments to those that are there. */
export type AddArguments<Args> = (args: Args | undefined, more: Record<string, string>) => Args

/** Adds in v1beta2: a list, where a name can stand twice. */
export const addArguments: AddArguments<Arguments> = (args, more) => [
  ...(args ?? []),
  ...Object.entries(more).map(([name, value]) => ({ name, value })),
]
/** Adds in v1beta1: a map. */
export const addArgumentsV1Beta1: AddArguments<ArgumentsV1Beta1> = (args, more) => ({
  ...args,
  ...more,
})

const verbose = { v: '2' }

/** Sets the arguments of the control plane's components and of its kubelets. */
export function addControlPlaneArguments<Args>(
  config: KubeadmConfigSpec<Args>,
  add: AddArguments<Args>,
  kubernetesVersion: string,
): void {
  const { apiServer, controllerManager, scheduler } = config.clusterConfiguration ?? {}
  const withArguments = (component: Component<Args> | undefined) => ({
    ...component,
    extraArgs: add(component?.extraArgs, verbose),
  })
  config.clusterConfiguration = {
    ...config.clusterConfiguration,
    apiServer: withArguments(apiServer),
    controllerManager: withArguments(controllerManager),
    scheduler: withArguments(scheduler),
  }
  const label = `kubernetesVersion=${kubernetesVersion.replaceAll('+', '_')}`
  const kubelet = { ...verbose, 'node-labels': label }
  config.initConfiguration = withKubeletArguments(config.initConfiguration, add, kubelet)
  config.joinConfiguration = withKubeletArguments(config.joinConfiguration, add, kubelet)
}

/** Sets the arguments of a worker's kubelet. */
export function addWorkerArguments<Args>(
  config: KubeadmConfigSpec<Args>,
  add: AddArguments<Args>,
): void {
  config.joinConfiguration = withKubeletArguments(config.joinConfiguration, add, verbose)
}

function withKubeletArguments<Args>(
  configuration: NodeConfiguration<Args> | undefined,
  add: AddArguments<Args>,
  more: Record<string, string>,
): NodeConfiguration<Args> {
  const nodeRegistration = configuration?.nodeRegistration
  const kubeletExtraArgs = add(nodeRegistration?.kubeletExtraArgs, more)
  return { ...configuration, nodeRegistration: { ...nodeRegistration, kubeletExtraArgs } }
}

/** Adds what the variables of the same names hold. */
export function addFilesAndCommands<Args>(
  config: KubeadmConfigSpec<Args>,
  { files = [], preKubeadmCommands = [] }: Values,
): void {
  if (files.length > 0)
    config.files = [
      ...(config.files ?? []),
      ...files.map((file) => ({ ...file, owner: 'root:root', permissions: '0600' })),
    ]
  if (preKubeadmCommands.length > 0)
    config.preKubeadmCommands = [...(config.preKubeadmCommands ?? []), ...preKubeadmCommands]
}
