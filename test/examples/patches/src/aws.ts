// Made by "capi-extension types" from aws-machine-templates.yaml: do not edit.

import { templateType } from 'capi-extension/topology'

/** AWSMachineTemplate in infrastructure.cluster.x-k8s.io/v1beta2. */
export interface AWSMachineTemplate {
  apiVersion: 'infrastructure.cluster.x-k8s.io/v1beta2'
  kind: 'AWSMachineTemplate'
  metadata: ObjectMetadata
  spec: AWSMachineTemplateSpec
  status?: AWSMachineTemplateStatus
}

/**
 * AWSMachineTemplate for `patchTemplate`.
 *
 * @example
 * ```ts
 * patchTemplate(AWSMachineTemplate, ({ template }) => {
 *   template.spec.template.metadata = { labels: { team: 'a' } }
 * })
 * ```
 */
export const AWSMachineTemplate = templateType<AWSMachineTemplate>(
  'infrastructure.cluster.x-k8s.io/v1beta2',
  'AWSMachineTemplate',
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

/** spec of AWSMachineTemplate. */
export interface AWSMachineTemplateSpec {
  template: AWSMachineTemplateResource
}

/** spec.template of AWSMachineTemplate. */
export interface AWSMachineTemplateResource {
  metadata?: Metadata
  spec: AWSMachineTemplateResourceSpec
}

/** spec.template.metadata of AWSMachineTemplate. */
export interface Metadata {
  annotations?: Record<string, string>
  labels?: Record<string, string>
}

/** spec.template.spec of AWSMachineTemplate. */
export interface AWSMachineTemplateResourceSpec {
  additionalSecurityGroups?: AdditionalSecurityGroup[]
  additionalTags?: Record<string, string>
  ami?: Ami
  assignPrimaryIPv6?: 'enabled' | 'disabled'
  capacityReservationId?: string
  capacityReservationPreference?: '' | 'None' | 'CapacityReservationsOnly' | 'Open'
  cloudInit?: CloudInit
  cpuOptions?: CpuOptions
  dynamicHostAllocation?: DynamicHostAllocation
  elasticIpPool?: ElasticIpPool
  hostAffinity?: 'default' | 'host'
  hostID?: string
  iamInstanceProfile?: string
  ignition?: Ignition
  imageLookupBaseOS?: string
  imageLookupFormat?: string
  imageLookupOrg?: string
  instanceID?: string
  instanceMetadataOptions?: InstanceMetadataOptions
  instanceType: string
  marketType?: 'OnDemand' | 'Spot' | 'CapacityBlock'
  networkInterfaceType?: 'interface' | 'efa'
  networkInterfaces?: string[]
  nonRootVolumes?: NonRootVolume[]
  placementGroupName?: string
  placementGroupPartition?: number
  privateDnsName?: PrivateDnsName
  providerID?: string
  publicIP?: boolean
  rootVolume?: RootVolume
  securityGroupOverrides?: Record<string, string>
  spotMarketOptions?: SpotMarketOptions
  sshKeyName?: string
  subnet?: Subnet
  tenancy?: 'default' | 'dedicated' | 'host'
  uncompressedUserData?: boolean
}

/** spec.template.spec.additionalSecurityGroups[] of AWSMachineTemplate. */
export interface AdditionalSecurityGroup {
  filters?: Filter[]
  id?: string
}

/** spec.template.spec.additionalSecurityGroups[].filters[] of AWSMachineTemplate. */
export interface Filter {
  name: string
  values: string[]
}

/** spec.template.spec.ami of AWSMachineTemplate. */
export interface Ami {
  eksLookupType?: 'AmazonLinux' | 'AmazonLinuxGPU' | 'AmazonLinux2023' | 'AmazonLinux2023GPU'
  id?: string
}

/** spec.template.spec.cloudInit of AWSMachineTemplate. */
export interface CloudInit {
  insecureSkipSecretsManager?: boolean
  secretCount?: number
  secretPrefix?: string
  secureSecretsBackend?: 'secrets-manager' | 'ssm-parameter-store'
}

/** spec.template.spec.cpuOptions of AWSMachineTemplate. */
export interface CpuOptions {
  confidentialCompute?: 'Disabled' | 'AMDEncryptedVirtualizationNestedPaging'
  nestedVirtualization?: 'enabled' | 'disabled'
}

/** spec.template.spec.dynamicHostAllocation of AWSMachineTemplate. */
export interface DynamicHostAllocation {
  tags?: Record<string, string>
}

/** spec.template.spec.elasticIpPool of AWSMachineTemplate. */
export interface ElasticIpPool {
  publicIpv4Pool?: string
  publicIpv4PoolFallbackOrder?: 'amazon-pool' | 'none'
}

/** spec.template.spec.ignition of AWSMachineTemplate. */
export interface Ignition {
  proxy?: Proxy
  storageType?: 'ClusterObjectStore' | 'UnencryptedUserData'
  tls?: Tls
  version?: '2.3' | '3.0' | '3.1' | '3.2' | '3.3' | '3.4'
}

/** spec.template.spec.ignition.proxy of AWSMachineTemplate. */
export interface Proxy {
  httpProxy?: string
  httpsProxy?: string
  noProxy?: string[]
}

/** spec.template.spec.ignition.tls of AWSMachineTemplate. */
export interface Tls {
  certificateAuthorities?: string[]
}

/** spec.template.spec.instanceMetadataOptions of AWSMachineTemplate. */
export interface InstanceMetadataOptions {
  httpEndpoint?: 'enabled' | 'disabled'
  httpProtocolIpv6?: 'enabled' | 'disabled'
  httpPutResponseHopLimit?: number
  httpTokens?: 'optional' | 'required'
  instanceMetadataTags?: 'enabled' | 'disabled'
}

/** spec.template.spec.nonRootVolumes[] of AWSMachineTemplate. */
export interface NonRootVolume {
  deviceName?: string
  encrypted?: boolean
  encryptionKey?: string
  iops?: number
  size: number
  throughput?: number
  type?: string
}

/** spec.template.spec.privateDnsName of AWSMachineTemplate. */
export interface PrivateDnsName {
  enableResourceNameDnsAAAARecord?: boolean
  enableResourceNameDnsARecord?: boolean
  hostnameType?: 'ip-name' | 'resource-name'
}

/** spec.template.spec.rootVolume of AWSMachineTemplate. */
export interface RootVolume {
  deviceName?: string
  encrypted?: boolean
  encryptionKey?: string
  iops?: number
  size: number
  throughput?: number
  type?: string
}

/** spec.template.spec.spotMarketOptions of AWSMachineTemplate. */
export interface SpotMarketOptions {
  maxPrice?: string
}

/** spec.template.spec.subnet of AWSMachineTemplate. */
export interface Subnet {
  filters?: Filter[]
  id?: string
}

/** status of AWSMachineTemplate. */
export interface AWSMachineTemplateStatus {
  capacity?: Record<string, number | string>
  conditions?: Condition[]
  nodeInfo?: NodeInfo
}

/** status.conditions[] of AWSMachineTemplate. */
export interface Condition {
  lastTransitionTime: string
  message?: string
  reason?: string
  severity?: string
  status: string
  type: string
}

/** status.nodeInfo of AWSMachineTemplate. */
export interface NodeInfo {
  architecture?: 'amd64' | 'arm64'
  operatingSystem?: 'linux' | 'windows'
}
