// Made by "capi-extension types" from Cluster API v1.14.2: do not edit.

import { templateType } from '../topology/template-type.ts'

/**
 * KubeadmConfig in bootstrap.cluster.x-k8s.io/v1beta1.
 *
 * @example
 * ```ts
 * function isV1Beta1(object: KubeadmConfig): object is KubeadmConfigV1Beta1 {
 *   return object.apiVersion === 'bootstrap.cluster.x-k8s.io/v1beta1'
 * }
 * ```
 */
export interface KubeadmConfigV1Beta1 {
  apiVersion: 'bootstrap.cluster.x-k8s.io/v1beta1'
  kind: 'KubeadmConfig'
  metadata: ObjectMetadata
  spec?: KubeadmConfigSpecV1Beta1
  status?: KubeadmConfigStatusV1Beta1
}

/**
 * KubeadmConfig in bootstrap.cluster.x-k8s.io/v1beta2.
 *
 * @example
 * ```ts
 * function isV1Beta2(object: KubeadmConfig): object is KubeadmConfigV1Beta2 {
 *   return object.apiVersion === 'bootstrap.cluster.x-k8s.io/v1beta2'
 * }
 * ```
 */
export interface KubeadmConfigV1Beta2 {
  apiVersion: 'bootstrap.cluster.x-k8s.io/v1beta2'
  kind: 'KubeadmConfig'
  metadata: ObjectMetadata
  spec?: KubeadmConfigSpecV1Beta2
  status?: KubeadmConfigStatusV1Beta2
}

/**
 * KubeadmConfig in any version.
 *
 * @example
 * ```ts
 * function isV1Beta1(object: KubeadmConfig): object is KubeadmConfigV1Beta1 {
 *   return object.apiVersion === 'bootstrap.cluster.x-k8s.io/v1beta1'
 * }
 * ```
 */
export type KubeadmConfig = KubeadmConfigV1Beta1 | KubeadmConfigV1Beta2

/**
 * KubeadmConfigTemplate in bootstrap.cluster.x-k8s.io/v1beta1.
 *
 * @example
 * ```ts
 * function isV1Beta1(object: KubeadmConfigTemplate): object is KubeadmConfigTemplateV1Beta1 {
 *   return object.apiVersion === 'bootstrap.cluster.x-k8s.io/v1beta1'
 * }
 * ```
 */
export interface KubeadmConfigTemplateV1Beta1 {
  apiVersion: 'bootstrap.cluster.x-k8s.io/v1beta1'
  kind: 'KubeadmConfigTemplate'
  metadata: ObjectMetadata
  spec: KubeadmConfigTemplateSpecV1Beta1
}

/**
 * KubeadmConfigTemplate in bootstrap.cluster.x-k8s.io/v1beta2.
 *
 * @example
 * ```ts
 * function isV1Beta2(object: KubeadmConfigTemplate): object is KubeadmConfigTemplateV1Beta2 {
 *   return object.apiVersion === 'bootstrap.cluster.x-k8s.io/v1beta2'
 * }
 * ```
 */
export interface KubeadmConfigTemplateV1Beta2 {
  apiVersion: 'bootstrap.cluster.x-k8s.io/v1beta2'
  kind: 'KubeadmConfigTemplate'
  metadata: ObjectMetadata
  spec: KubeadmConfigTemplateSpecV1Beta2
}

/**
 * KubeadmConfigTemplate in any version.
 *
 * @example
 * ```ts
 * function isV1Beta1(object: KubeadmConfigTemplate): object is KubeadmConfigTemplateV1Beta1 {
 *   return object.apiVersion === 'bootstrap.cluster.x-k8s.io/v1beta1'
 * }
 * ```
 */
export type KubeadmConfigTemplate = KubeadmConfigTemplateV1Beta1 | KubeadmConfigTemplateV1Beta2

/**
 * KubeadmConfigTemplate for `patchTemplate`.
 *
 * @example
 * ```ts
 * patchTemplate(KubeadmConfigTemplate, ({ template }) => {
 *   template.spec.template.metadata = { labels: { team: 'a' } }
 * })
 * ```
 */
export const KubeadmConfigTemplate = templateType<KubeadmConfigTemplate>(
  ['bootstrap.cluster.x-k8s.io/v1beta1', 'bootstrap.cluster.x-k8s.io/v1beta2'],
  'KubeadmConfigTemplate',
)

/**
 * KubeadmControlPlane in controlplane.cluster.x-k8s.io/v1beta1.
 *
 * @example
 * ```ts
 * function isV1Beta1(object: KubeadmControlPlane): object is KubeadmControlPlaneV1Beta1 {
 *   return object.apiVersion === 'controlplane.cluster.x-k8s.io/v1beta1'
 * }
 * ```
 */
export interface KubeadmControlPlaneV1Beta1 {
  apiVersion: 'controlplane.cluster.x-k8s.io/v1beta1'
  kind: 'KubeadmControlPlane'
  metadata: ObjectMetadata
  spec?: KubeadmControlPlaneSpecV1Beta1
  status?: KubeadmControlPlaneStatusV1Beta1
}

/**
 * KubeadmControlPlane in controlplane.cluster.x-k8s.io/v1beta2.
 *
 * @example
 * ```ts
 * function isV1Beta2(object: KubeadmControlPlane): object is KubeadmControlPlaneV1Beta2 {
 *   return object.apiVersion === 'controlplane.cluster.x-k8s.io/v1beta2'
 * }
 * ```
 */
export interface KubeadmControlPlaneV1Beta2 {
  apiVersion: 'controlplane.cluster.x-k8s.io/v1beta2'
  kind: 'KubeadmControlPlane'
  metadata: ObjectMetadata
  spec: KubeadmControlPlaneSpecV1Beta2
  status?: KubeadmControlPlaneStatusV1Beta2
}

/**
 * KubeadmControlPlane in any version.
 *
 * @example
 * ```ts
 * function isV1Beta1(object: KubeadmControlPlane): object is KubeadmControlPlaneV1Beta1 {
 *   return object.apiVersion === 'controlplane.cluster.x-k8s.io/v1beta1'
 * }
 * ```
 */
export type KubeadmControlPlane = KubeadmControlPlaneV1Beta1 | KubeadmControlPlaneV1Beta2

/**
 * KubeadmControlPlaneTemplate in controlplane.cluster.x-k8s.io/v1beta1.
 *
 * @example
 * ```ts
 * function isV1Beta1(object: KubeadmControlPlaneTemplate): object is KubeadmControlPlaneTemplateV1Beta1 {
 *   return object.apiVersion === 'controlplane.cluster.x-k8s.io/v1beta1'
 * }
 * ```
 */
export interface KubeadmControlPlaneTemplateV1Beta1 {
  apiVersion: 'controlplane.cluster.x-k8s.io/v1beta1'
  kind: 'KubeadmControlPlaneTemplate'
  metadata: ObjectMetadata
  spec: KubeadmControlPlaneTemplateSpecV1Beta1
}

/**
 * KubeadmControlPlaneTemplate in controlplane.cluster.x-k8s.io/v1beta2.
 *
 * @example
 * ```ts
 * function isV1Beta2(object: KubeadmControlPlaneTemplate): object is KubeadmControlPlaneTemplateV1Beta2 {
 *   return object.apiVersion === 'controlplane.cluster.x-k8s.io/v1beta2'
 * }
 * ```
 */
export interface KubeadmControlPlaneTemplateV1Beta2 {
  apiVersion: 'controlplane.cluster.x-k8s.io/v1beta2'
  kind: 'KubeadmControlPlaneTemplate'
  metadata: ObjectMetadata
  spec: KubeadmControlPlaneTemplateSpecV1Beta2
}

/**
 * KubeadmControlPlaneTemplate in any version.
 *
 * @example
 * ```ts
 * function isV1Beta1(object: KubeadmControlPlaneTemplate): object is KubeadmControlPlaneTemplateV1Beta1 {
 *   return object.apiVersion === 'controlplane.cluster.x-k8s.io/v1beta1'
 * }
 * ```
 */
export type KubeadmControlPlaneTemplate =
  | KubeadmControlPlaneTemplateV1Beta1
  | KubeadmControlPlaneTemplateV1Beta2

/**
 * KubeadmControlPlaneTemplate for `patchTemplate`.
 *
 * @example
 * ```ts
 * patchTemplate(KubeadmControlPlaneTemplate, ({ template }) => {
 *   template.spec.template.metadata = { labels: { team: 'a' } }
 * })
 * ```
 */
export const KubeadmControlPlaneTemplate = templateType<KubeadmControlPlaneTemplate>(
  ['controlplane.cluster.x-k8s.io/v1beta1', 'controlplane.cluster.x-k8s.io/v1beta2'],
  'KubeadmControlPlaneTemplate',
)

/** The metadata of an object. */
export interface ObjectMetadata {
  name: string
  namespace?: string
  uid?: string
  resourceVersion?: string
  generation?: number
  creationTimestamp?: string
  deletionTimestamp?: string
  labels?: Record<string, string>
  annotations?: Record<string, string>
  finalizers?: string[]
  ownerReferences?: OwnerReference[]
}

/** The object that another one belongs to. */
export interface OwnerReference {
  apiVersion: string
  kind: string
  name: string
  uid: string
  controller?: boolean
  blockOwnerDeletion?: boolean
}

/** spec of KubeadmConfig. */
export interface KubeadmConfigSpecV1Beta1 {
  bootCommands?: string[]
  clusterConfiguration?: ClusterConfigurationV1Beta1
  diskSetup?: DiskSetupV1Beta1
  files?: File[]
  format?: 'cloud-config' | 'ignition'
  ignition?: Ignition
  initConfiguration?: InitConfigurationV1Beta1
  joinConfiguration?: JoinConfigurationV1Beta1
  mounts?: string[][]
  ntp?: Ntp
  postKubeadmCommands?: string[]
  preKubeadmCommands?: string[]
  useExperimentalRetryJoin?: boolean
  users?: User[]
  verbosity?: number
}

/** spec.clusterConfiguration of KubeadmConfig. */
export interface ClusterConfigurationV1Beta1 {
  apiServer?: ApiServerV1Beta1
  apiVersion?: string
  caCertificateValidityPeriodDays?: number
  certificateValidityPeriodDays?: number
  certificatesDir?: string
  clusterName?: string
  controlPlaneEndpoint?: string
  controllerManager?: ControllerManagerV1Beta1
  dns?: Dns
  encryptionAlgorithm?: 'ECDSA-P256' | 'ECDSA-P384' | 'RSA-2048' | 'RSA-3072' | 'RSA-4096'
  etcd?: EtcdV1Beta1
  featureGates?: Record<string, boolean>
  imageRepository?: string
  kind?: string
  kubernetesVersion?: string
  networking?: Networking
  scheduler?: SchedulerV1Beta1
}

/** spec.clusterConfiguration.apiServer of KubeadmConfig. */
export interface ApiServerV1Beta1 {
  certSANs?: string[]
  extraArgs?: Record<string, string>
  extraEnvs?: ExtraEnv[]
  extraVolumes?: ExtraVolume[]
  timeoutForControlPlane?: string
}

/** spec.clusterConfiguration.apiServer.extraEnvs[] of KubeadmConfig. */
export interface ExtraEnv {
  name: string
  value?: string
  valueFrom?: ValueFrom
}

/** spec.clusterConfiguration.apiServer.extraEnvs[].valueFrom of KubeadmConfig. */
export interface ValueFrom {
  configMapKeyRef?: ConfigMapKeyRef
  fieldRef?: FieldRef
  fileKeyRef?: FileKeyRef
  resourceFieldRef?: ResourceFieldRef
  secretKeyRef?: SecretKeyRef
}

/** spec.clusterConfiguration.apiServer.extraEnvs[].valueFrom.configMapKeyRef of KubeadmConfig. */
export interface ConfigMapKeyRef {
  key: string
  name?: string
  optional?: boolean
}

/** spec.clusterConfiguration.apiServer.extraEnvs[].valueFrom.fieldRef of KubeadmConfig. */
export interface FieldRef {
  apiVersion?: string
  fieldPath: string
}

/** spec.clusterConfiguration.apiServer.extraEnvs[].valueFrom.fileKeyRef of KubeadmConfig. */
export interface FileKeyRef {
  key: string
  optional?: boolean
  path: string
  volumeName: string
}

/** spec.clusterConfiguration.apiServer.extraEnvs[].valueFrom.resourceFieldRef of KubeadmConfig. */
export interface ResourceFieldRef {
  containerName?: string
  divisor?: number | string
  resource: string
}

/** spec.clusterConfiguration.apiServer.extraEnvs[].valueFrom.secretKeyRef of KubeadmConfig. */
export interface SecretKeyRef {
  key: string
  name?: string
  optional?: boolean
}

/** spec.clusterConfiguration.apiServer.extraVolumes[] of KubeadmConfig. */
export interface ExtraVolume {
  hostPath: string
  mountPath: string
  name: string
  pathType?: string
  readOnly?: boolean
}

/** spec.clusterConfiguration.controllerManager of KubeadmConfig. */
export interface ControllerManagerV1Beta1 {
  extraArgs?: Record<string, string>
  extraEnvs?: ExtraEnv[]
  extraVolumes?: ExtraVolume[]
}

/** spec.clusterConfiguration.dns of KubeadmConfig. */
export interface Dns {
  imageRepository?: string
  imageTag?: string
}

/** spec.clusterConfiguration.etcd of KubeadmConfig. */
export interface EtcdV1Beta1 {
  external?: External
  local?: LocalV1Beta1
}

/** spec.clusterConfiguration.etcd.external of KubeadmConfig. */
export interface External {
  caFile: string
  certFile: string
  endpoints: string[]
  keyFile: string
}

/** spec.clusterConfiguration.etcd.local of KubeadmConfig. */
export interface LocalV1Beta1 {
  dataDir?: string
  extraArgs?: Record<string, string>
  extraEnvs?: ExtraEnv[]
  imageRepository?: string
  imageTag?: string
  peerCertSANs?: string[]
  serverCertSANs?: string[]
}

/** spec.clusterConfiguration.networking of KubeadmConfig. */
export interface Networking {
  dnsDomain?: string
  podSubnet?: string
  serviceSubnet?: string
}

/** spec.clusterConfiguration.scheduler of KubeadmConfig. */
export interface SchedulerV1Beta1 {
  extraArgs?: Record<string, string>
  extraEnvs?: ExtraEnv[]
  extraVolumes?: ExtraVolume[]
}

/** spec.diskSetup of KubeadmConfig. */
export interface DiskSetupV1Beta1 {
  filesystems?: Filesystem[]
  partitions?: PartitionV1Beta1[]
}

/** spec.diskSetup.filesystems[] of KubeadmConfig. */
export interface Filesystem {
  device: string
  extraOpts?: string[]
  filesystem: string
  label?: string
  overwrite?: boolean
  partition?: string
  replaceFS?: string
}

/** spec.diskSetup.partitions[] of KubeadmConfig. */
export interface PartitionV1Beta1 {
  device: string
  diskLayout?: DiskLayout[]
  layout: boolean
  overwrite?: boolean
  tableType?: 'mbr' | 'gpt'
}

/** spec.diskSetup.partitions[].diskLayout[] of KubeadmConfig. */
export interface DiskLayout {
  partitionType?: string
  percentage: number
}

/** spec.files[] of KubeadmConfig. */
export interface File {
  append?: boolean
  content?: string
  contentFormat?: 'Raw' | 'Template'
  contentFrom?: ContentFrom
  encoding?: 'base64' | 'gzip' | 'gzip+base64'
  owner?: string
  path: string
  permissions?: string
}

/** spec.files[].contentFrom of KubeadmConfig. */
export interface ContentFrom {
  secret: Secret
}

/** spec.files[].contentFrom.secret of KubeadmConfig. */
export interface Secret {
  key: string
  name: string
}

/** spec.ignition of KubeadmConfig. */
export interface Ignition {
  containerLinuxConfig?: ContainerLinuxConfig
}

/** spec.ignition.containerLinuxConfig of KubeadmConfig. */
export interface ContainerLinuxConfig {
  additionalConfig?: string
  strict?: boolean
}

/** spec.initConfiguration of KubeadmConfig. */
export interface InitConfigurationV1Beta1 {
  apiVersion?: string
  bootstrapTokens?: BootstrapTokenV1Beta1[]
  kind?: string
  localAPIEndpoint?: LocalAPIEndpoint
  nodeRegistration?: NodeRegistrationV1Beta1
  patches?: Patches
  skipPhases?: string[]
}

/** spec.initConfiguration.bootstrapTokens[] of KubeadmConfig. */
export interface BootstrapTokenV1Beta1 {
  description?: string
  expires?: string
  groups?: string[]
  token: string
  ttl?: string
  usages?: string[]
}

/** spec.initConfiguration.localAPIEndpoint of KubeadmConfig. */
export interface LocalAPIEndpoint {
  advertiseAddress?: string
  bindPort?: number
}

/** spec.initConfiguration.nodeRegistration of KubeadmConfig. */
export interface NodeRegistrationV1Beta1 {
  criSocket?: string
  ignorePreflightErrors?: string[]
  imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never'
  imagePullSerial?: boolean
  kubeletExtraArgs?: Record<string, string>
  name?: string
  taints?: NodeRegistrationTaint[]
}

/** spec.initConfiguration.nodeRegistration.taints[] of KubeadmConfig. */
export interface NodeRegistrationTaint {
  effect: string
  key: string
  timeAdded?: string
  value?: string
}

/** spec.initConfiguration.patches of KubeadmConfig. */
export interface Patches {
  directory?: string
}

/** spec.joinConfiguration of KubeadmConfig. */
export interface JoinConfigurationV1Beta1 {
  apiVersion?: string
  caCertPath?: string
  controlPlane?: ControlPlane
  discovery?: DiscoveryV1Beta1
  kind?: string
  nodeRegistration?: NodeRegistrationV1Beta1
  patches?: Patches
  skipPhases?: string[]
}

/** spec.joinConfiguration.controlPlane of KubeadmConfig. */
export interface ControlPlane {
  localAPIEndpoint?: LocalAPIEndpoint
}

/** spec.joinConfiguration.discovery of KubeadmConfig. */
export interface DiscoveryV1Beta1 {
  bootstrapToken?: DiscoveryBootstrapToken
  file?: DiscoveryFile
  timeout?: string
  tlsBootstrapToken?: string
}

/** spec.joinConfiguration.discovery.bootstrapToken of KubeadmConfig. */
export interface DiscoveryBootstrapToken {
  apiServerEndpoint?: string
  caCertHashes?: string[]
  token?: string
  unsafeSkipCAVerification?: boolean
}

/** spec.joinConfiguration.discovery.file of KubeadmConfig. */
export interface DiscoveryFile {
  kubeConfig?: KubeConfig
  kubeConfigPath: string
}

/** spec.joinConfiguration.discovery.file.kubeConfig of KubeadmConfig. */
export interface KubeConfig {
  cluster?: Cluster
  user: KubeConfigUser
}

/** spec.joinConfiguration.discovery.file.kubeConfig.cluster of KubeadmConfig. */
export interface Cluster {
  certificateAuthorityData?: string
  insecureSkipTLSVerify?: boolean
  proxyURL?: string
  server?: string
  tlsServerName?: string
}

/** spec.joinConfiguration.discovery.file.kubeConfig.user of KubeadmConfig. */
export interface KubeConfigUser {
  authProvider?: AuthProvider
  exec?: Exec
}

/** spec.joinConfiguration.discovery.file.kubeConfig.user.authProvider of KubeadmConfig. */
export interface AuthProvider {
  config?: Record<string, string>
  name: string
}

/** spec.joinConfiguration.discovery.file.kubeConfig.user.exec of KubeadmConfig. */
export interface Exec {
  apiVersion?: string
  args?: string[]
  command: string
  env?: Env[]
  provideClusterInfo?: boolean
}

/** spec.joinConfiguration.discovery.file.kubeConfig.user.exec.env[] of KubeadmConfig. */
export interface Env {
  name: string
  value: string
}

/** spec.ntp of KubeadmConfig. */
export interface Ntp {
  enabled?: boolean
  servers?: string[]
}

/** spec.users[] of KubeadmConfig. */
export interface User {
  gecos?: string
  groups?: string
  homeDir?: string
  inactive?: boolean
  lockPassword?: boolean
  name: string
  passwd?: string
  passwdFrom?: PasswdFrom
  primaryGroup?: string
  shell?: string
  sshAuthorizedKeys?: string[]
  sudo?: string
}

/** spec.users[].passwdFrom of KubeadmConfig. */
export interface PasswdFrom {
  secret: Secret
}

/** status of KubeadmConfig. */
export interface KubeadmConfigStatusV1Beta1 {
  conditions?: ConditionV1Beta1[]
  dataSecretName?: string
  failureMessage?: string
  failureReason?: string
  observedGeneration?: number
  ready?: boolean
  v1beta2?: KubeadmConfigStatusForV1Beta2
}

/** status.conditions[] of KubeadmConfig. */
export interface ConditionV1Beta1 {
  lastTransitionTime: string
  message?: string
  reason?: string
  severity?: string
  status: string
  type: string
}

/** status.v1beta2 of KubeadmConfig. */
export interface KubeadmConfigStatusForV1Beta2 {
  conditions?: ConditionV1Beta2[]
}

/** status.conditions[] of KubeadmConfig. */
export interface ConditionV1Beta2 {
  lastTransitionTime: string
  message: string
  observedGeneration?: number
  reason: string
  status: 'True' | 'False' | 'Unknown'
  type: string
}

/** spec of KubeadmConfig. */
export interface KubeadmConfigSpecV1Beta2 {
  bootCommands?: string[]
  clusterConfiguration?: ClusterConfigurationV1Beta2
  diskSetup?: DiskSetupV1Beta2
  files?: File[]
  format?: 'cloud-config' | 'ignition'
  ignition?: Ignition
  initConfiguration?: InitConfigurationV1Beta2
  joinConfiguration?: JoinConfigurationV1Beta2
  mounts?: string[][]
  ntp?: Ntp
  postKubeadmCommands?: string[]
  preKubeadmCommands?: string[]
  users?: User[]
  verbosity?: number
}

/** spec.clusterConfiguration of KubeadmConfig. */
export interface ClusterConfigurationV1Beta2 {
  apiServer?: ApiServerV1Beta2
  caCertificateValidityPeriodDays?: number
  certificateValidityPeriodDays?: number
  certificatesDir?: string
  controlPlaneEndpoint?: string
  controllerManager?: ControllerManagerV1Beta2
  dns?: Dns
  encryptionAlgorithm?: 'ECDSA-P256' | 'ECDSA-P384' | 'RSA-2048' | 'RSA-3072' | 'RSA-4096'
  etcd?: EtcdV1Beta2
  featureGates?: Record<string, boolean>
  imageRepository?: string
  scheduler?: SchedulerV1Beta2
}

/** spec.clusterConfiguration.apiServer of KubeadmConfig. */
export interface ApiServerV1Beta2 {
  certSANs?: string[]
  extraArgs?: ExtraArg[]
  extraEnvs?: ExtraEnv[]
  extraVolumes?: ExtraVolume[]
}

/** spec.clusterConfiguration.apiServer.extraArgs[] of KubeadmConfig. */
export interface ExtraArg {
  name: string
  value: string
}

/** spec.clusterConfiguration.controllerManager of KubeadmConfig. */
export interface ControllerManagerV1Beta2 {
  extraArgs?: ExtraArg[]
  extraEnvs?: ExtraEnv[]
  extraVolumes?: ExtraVolume[]
}

/** spec.clusterConfiguration.etcd of KubeadmConfig. */
export interface EtcdV1Beta2 {
  external?: External
  local?: LocalV1Beta2
}

/** spec.clusterConfiguration.etcd.local of KubeadmConfig. */
export interface LocalV1Beta2 {
  dataDir?: string
  extraArgs?: ExtraArg[]
  extraEnvs?: ExtraEnv[]
  imageRepository?: string
  imageTag?: string
  peerCertSANs?: string[]
  serverCertSANs?: string[]
}

/** spec.clusterConfiguration.scheduler of KubeadmConfig. */
export interface SchedulerV1Beta2 {
  extraArgs?: ExtraArg[]
  extraEnvs?: ExtraEnv[]
  extraVolumes?: ExtraVolume[]
}

/** spec.diskSetup of KubeadmConfig. */
export interface DiskSetupV1Beta2 {
  filesystems?: Filesystem[]
  partitions?: PartitionV1Beta2[]
}

/** spec.diskSetup.partitions[] of KubeadmConfig. */
export interface PartitionV1Beta2 {
  device: string
  diskLayout?: DiskLayout[]
  layout?: boolean
  overwrite?: boolean
  tableType?: 'mbr' | 'gpt'
}

/** spec.initConfiguration of KubeadmConfig. */
export interface InitConfigurationV1Beta2 {
  bootstrapTokens?: BootstrapTokenV1Beta2[]
  localAPIEndpoint?: LocalAPIEndpoint
  nodeRegistration?: NodeRegistrationV1Beta2
  patches?: Patches
  skipPhases?: string[]
  timeouts?: Timeouts
}

/** spec.initConfiguration.bootstrapTokens[] of KubeadmConfig. */
export interface BootstrapTokenV1Beta2 {
  description?: string
  expires?: string
  groups?: string[]
  token: string
  ttlSeconds?: number
  usages?: string[]
}

/** spec.initConfiguration.nodeRegistration of KubeadmConfig. */
export interface NodeRegistrationV1Beta2 {
  criSocket?: string
  ignorePreflightErrors?: string[]
  imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never'
  imagePullSerial?: boolean
  kubeletExtraArgs?: KubeletExtraArg[]
  name?: string
  taints?: NodeRegistrationTaint[]
}

/** spec.initConfiguration.nodeRegistration.kubeletExtraArgs[] of KubeadmConfig. */
export interface KubeletExtraArg {
  name: string
  value: string
}

/** spec.initConfiguration.timeouts of KubeadmConfig. */
export interface Timeouts {
  controlPlaneComponentHealthCheckSeconds?: number
  discoverySeconds?: number
  etcdAPICallSeconds?: number
  kubeletHealthCheckSeconds?: number
  kubernetesAPICallSeconds?: number
  tlsBootstrapSeconds?: number
}

/** spec.joinConfiguration of KubeadmConfig. */
export interface JoinConfigurationV1Beta2 {
  caCertPath?: string
  controlPlane?: ControlPlane
  discovery?: DiscoveryV1Beta2
  nodeRegistration?: NodeRegistrationV1Beta2
  patches?: Patches
  skipPhases?: string[]
  timeouts?: Timeouts
}

/** spec.joinConfiguration.discovery of KubeadmConfig. */
export interface DiscoveryV1Beta2 {
  bootstrapToken?: DiscoveryBootstrapToken
  file?: DiscoveryFile
  tlsBootstrapToken?: string
}

/** status of KubeadmConfig. */
export interface KubeadmConfigStatusV1Beta2 {
  conditions?: ConditionV1Beta2[]
  dataSecretName?: string
  deprecated?: KubeadmConfigStatusDeprecated
  initialization?: KubeadmConfigStatusInitialization
  observedGeneration?: number
}

/** status.deprecated of KubeadmConfig. */
export interface KubeadmConfigStatusDeprecated {
  v1beta1?: KubeadmConfigStatusDeprecatedForV1Beta1
}

/** status.deprecated.v1beta1 of KubeadmConfig. */
export interface KubeadmConfigStatusDeprecatedForV1Beta1 {
  conditions?: ConditionV1Beta1[]
  failureMessage?: string
  failureReason?: string
}

/** status.initialization of KubeadmConfig. */
export interface KubeadmConfigStatusInitialization {
  dataSecretCreated?: boolean
}

/** spec of KubeadmConfigTemplate. */
export interface KubeadmConfigTemplateSpecV1Beta1 {
  template: KubeadmConfigTemplateResourceV1Beta1
}

/** spec.template of KubeadmConfigTemplate. */
export interface KubeadmConfigTemplateResourceV1Beta1 {
  metadata?: Metadata
  spec?: KubeadmConfigSpecV1Beta1
}

/** spec.template.metadata of KubeadmConfigTemplate. */
export interface Metadata {
  annotations?: Record<string, string>
  labels?: Record<string, string>
}

/** spec of KubeadmConfigTemplate. */
export interface KubeadmConfigTemplateSpecV1Beta2 {
  template: KubeadmConfigTemplateResourceV1Beta2
}

/** spec.template of KubeadmConfigTemplate. */
export interface KubeadmConfigTemplateResourceV1Beta2 {
  metadata?: Metadata
  spec?: KubeadmConfigSpecV1Beta2
}

/** spec of KubeadmControlPlane. */
export interface KubeadmControlPlaneSpecV1Beta1 {
  kubeadmConfigSpec: KubeadmConfigSpecV1Beta1
  machineNamingStrategy?: MachineNamingStrategy
  machineTemplate: KubeadmControlPlaneSpecMachineTemplateV1Beta1
  remediationStrategy?: RemediationStrategy
  replicas?: number
  rolloutAfter?: string
  rolloutBefore?: RolloutBefore
  rolloutStrategy?: RolloutStrategy
  version: string
}

/** spec.machineNamingStrategy of KubeadmControlPlane. */
export interface MachineNamingStrategy {
  template?: string
}

/** spec.machineTemplate of KubeadmControlPlane. */
export interface KubeadmControlPlaneSpecMachineTemplateV1Beta1 {
  infrastructureRef: InfrastructureRef
  metadata?: Metadata
  nodeDeletionTimeout?: string
  nodeDrainTimeout?: string
  nodeVolumeDetachTimeout?: string
  readinessGates?: ReadinessGate[]
  taints?: Taint[]
}

/** spec.machineTemplate.infrastructureRef of KubeadmControlPlane. */
export interface InfrastructureRef {
  apiVersion?: string
  fieldPath?: string
  kind?: string
  name?: string
  namespace?: string
  resourceVersion?: string
  uid?: string
}

/** spec.machineTemplate.readinessGates[] of KubeadmControlPlane. */
export interface ReadinessGate {
  conditionType: string
  polarity?: 'Positive' | 'Negative'
}

/** spec.machineTemplate.taints[] of KubeadmControlPlane. */
export interface Taint {
  effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute'
  key: string
  propagation: 'Always' | 'OnInitialization'
  value?: string
}

/** spec.remediationStrategy of KubeadmControlPlane. */
export interface RemediationStrategy {
  maxRetry?: number
  minHealthyPeriod?: string
  retryPeriod?: string
}

/** spec.rolloutBefore of KubeadmControlPlane. */
export interface RolloutBefore {
  certificatesExpiryDays?: number
}

/** spec.rolloutStrategy of KubeadmControlPlane. */
export interface RolloutStrategy {
  rollingUpdate?: RollingUpdate
  type?: 'RollingUpdate'
}

/** spec.rolloutStrategy.rollingUpdate of KubeadmControlPlane. */
export interface RollingUpdate {
  maxSurge?: number | string
}

/** status of KubeadmControlPlane. */
export interface KubeadmControlPlaneStatusV1Beta1 {
  conditions?: ConditionV1Beta1[]
  failureMessage?: string
  failureReason?: string
  initialized?: boolean
  lastRemediation?: LastRemediationV1Beta1
  observedGeneration?: number
  ready?: boolean
  readyReplicas?: number
  replicas?: number
  selector?: string
  unavailableReplicas?: number
  updatedReplicas?: number
  v1beta2?: KubeadmControlPlaneStatusForV1Beta2
  version?: string
  versions?: Version[]
}

/** status.lastRemediation of KubeadmControlPlane. */
export interface LastRemediationV1Beta1 {
  machine: string
  retryCount: number
  timestamp: string
}

/** status.v1beta2 of KubeadmControlPlane. */
export interface KubeadmControlPlaneStatusForV1Beta2 {
  availableReplicas?: number
  conditions?: ConditionV1Beta2[]
  readyReplicas?: number
  upToDateReplicas?: number
}

/** status.versions[] of KubeadmControlPlane. */
export interface Version {
  replicas?: number
  version: string
}

/** spec of KubeadmControlPlane. */
export interface KubeadmControlPlaneSpecV1Beta2 {
  kubeadmConfigSpec?: KubeadmConfigSpecV1Beta2
  machineNaming?: MachineNaming
  machineTemplate: KubeadmControlPlaneSpecMachineTemplateV1Beta2
  remediation?: Remediation
  replicas?: number
  rollout?: Rollout
  version: string
}

/** spec.machineNaming of KubeadmControlPlane. */
export interface MachineNaming {
  template?: string
}

/** spec.machineTemplate of KubeadmControlPlane. */
export interface KubeadmControlPlaneSpecMachineTemplateV1Beta2 {
  metadata?: Metadata
  spec: KubeadmControlPlaneSpecMachineTemplateSpec
}

/** spec.machineTemplate.spec of KubeadmControlPlane. */
export interface KubeadmControlPlaneSpecMachineTemplateSpec {
  deletion?: Deletion
  infrastructureRef: SpecInfrastructureRef
  readinessGates?: ReadinessGate[]
  taints?: Taint[]
}

/** spec.machineTemplate.spec.deletion of KubeadmControlPlane. */
export interface Deletion {
  nodeDeletionTimeoutSeconds?: number
  nodeDrainTimeoutSeconds?: number
  nodeVolumeDetachTimeoutSeconds?: number
}

/** spec.machineTemplate.spec.infrastructureRef of KubeadmControlPlane. */
export interface SpecInfrastructureRef {
  apiGroup: string
  kind: string
  name: string
}

/** spec.remediation of KubeadmControlPlane. */
export interface Remediation {
  maxRetry?: number
  minHealthyPeriodSeconds?: number
  retryPeriodSeconds?: number
}

/** spec.rollout of KubeadmControlPlane. */
export interface Rollout {
  after?: string
  before?: Before
  strategy?: Strategy
}

/** spec.rollout.before of KubeadmControlPlane. */
export interface Before {
  certificatesExpiryDays?: number
}

/** spec.rollout.strategy of KubeadmControlPlane. */
export interface Strategy {
  rollingUpdate?: RollingUpdate
  type: 'RollingUpdate'
}

/** status of KubeadmControlPlane. */
export interface KubeadmControlPlaneStatusV1Beta2 {
  availableReplicas?: number
  conditions?: ConditionV1Beta2[]
  deprecated?: KubeadmControlPlaneStatusDeprecated
  initialization?: KubeadmControlPlaneStatusInitialization
  lastRemediation?: LastRemediationV1Beta2
  observedGeneration?: number
  readyReplicas?: number
  replicas?: number
  selector?: string
  upToDateReplicas?: number
  version?: string
  versions?: Version[]
}

/** status.deprecated of KubeadmControlPlane. */
export interface KubeadmControlPlaneStatusDeprecated {
  v1beta1?: KubeadmControlPlaneStatusDeprecatedForV1Beta1
}

/** status.deprecated.v1beta1 of KubeadmControlPlane. */
export interface KubeadmControlPlaneStatusDeprecatedForV1Beta1 {
  conditions?: ConditionV1Beta1[]
  failureMessage?: string
  failureReason?: string
  readyReplicas?: number
  unavailableReplicas?: number
  updatedReplicas?: number
}

/** status.initialization of KubeadmControlPlane. */
export interface KubeadmControlPlaneStatusInitialization {
  controlPlaneInitialized?: boolean
}

/** status.lastRemediation of KubeadmControlPlane. */
export interface LastRemediationV1Beta2 {
  machine: string
  retryCount: number
  time: string
}

/** spec of KubeadmControlPlaneTemplate. */
export interface KubeadmControlPlaneTemplateSpecV1Beta1 {
  template: KubeadmControlPlaneTemplateResourceV1Beta1
}

/** spec.template of KubeadmControlPlaneTemplate. */
export interface KubeadmControlPlaneTemplateResourceV1Beta1 {
  metadata?: Metadata
  spec: KubeadmControlPlaneTemplateResourceSpecV1Beta1
}

/** spec.template.spec of KubeadmControlPlaneTemplate. */
export interface KubeadmControlPlaneTemplateResourceSpecV1Beta1 {
  kubeadmConfigSpec: KubeadmConfigSpecV1Beta1
  machineNamingStrategy?: MachineNamingStrategy
  machineTemplate?: KubeadmControlPlaneTemplateResourceSpecMachineTemplateV1Beta1
  remediationStrategy?: RemediationStrategy
  rolloutAfter?: string
  rolloutBefore?: RolloutBefore
  rolloutStrategy?: RolloutStrategy
}

/** spec.template.spec.machineTemplate of KubeadmControlPlaneTemplate. */
export interface KubeadmControlPlaneTemplateResourceSpecMachineTemplateV1Beta1 {
  metadata?: Metadata
  nodeDeletionTimeout?: string
  nodeDrainTimeout?: string
  nodeVolumeDetachTimeout?: string
  taints?: Taint[]
}

/** spec of KubeadmControlPlaneTemplate. */
export interface KubeadmControlPlaneTemplateSpecV1Beta2 {
  template: KubeadmControlPlaneTemplateResourceV1Beta2
}

/** spec.template of KubeadmControlPlaneTemplate. */
export interface KubeadmControlPlaneTemplateResourceV1Beta2 {
  metadata?: Metadata
  spec?: KubeadmControlPlaneTemplateResourceSpecV1Beta2
}

/** spec.template.spec of KubeadmControlPlaneTemplate. */
export interface KubeadmControlPlaneTemplateResourceSpecV1Beta2 {
  kubeadmConfigSpec?: KubeadmConfigSpecV1Beta2
  machineNaming?: MachineNaming
  machineTemplate?: KubeadmControlPlaneTemplateResourceSpecMachineTemplateV1Beta2
  remediation?: Remediation
  rollout?: Rollout
}

/** spec.template.spec.machineTemplate of KubeadmControlPlaneTemplate. */
export interface KubeadmControlPlaneTemplateResourceSpecMachineTemplateV1Beta2 {
  metadata?: Metadata
  spec?: KubeadmControlPlaneTemplateResourceSpecMachineTemplateSpec
}

/** spec.template.spec.machineTemplate.spec of KubeadmControlPlaneTemplate. */
export interface KubeadmControlPlaneTemplateResourceSpecMachineTemplateSpec {
  deletion?: Deletion
  taints?: Taint[]
}
