/** How a stand-in answers the calls that its pattern matches. */
export interface Rule {
  pattern: string
  /** A mark that must be set, or with a leading `-` must not. */
  when?: string
  /** A mark that the call sets, or with a leading `-` removes. */
  sets?: string
  /** Exit code, 0 unless given; hang does not end. */
  code?: number | 'hang'
  print?: string
}

const digest = `sha256:${'a'.repeat(64)}`
const gates = 'RuntimeSDK=true,ClusterTopology=true,InPlaceUpdates=true'
const versions = {
  kind: 'kind v0.33.0 go1.26.4 linux/amd64',
  clusterctl: 'v1.14.2',
  kubectl: 'clientVersion:\\n  gitVersion: v1.37.0\\n  minor: "37"',
}

/**
 * A machine with Docker and the four tools, where nothing has been made yet. What scripts make is kept as a mark,
 * so that a later call finds it.
 */
export const world: readonly Rule[] = [
  { pattern: '^docker version --format', print: '28.2.2' },
  { pattern: '^docker container inspect kind-registry$', when: '-registry', code: 1 },
  { pattern: '^docker run .*--name kind-registry', sets: 'registry' },
  { pattern: '^docker container inspect .*PortBindings', print: '127.0.0.1:5001->5000/tcp ' },
  { pattern: '^docker container inspect .*State.Running', print: 'true' },
  {
    pattern: '^docker container inspect .*Networks.kind',
    when: 'network',
    print: '{"IPAddress":""}',
  },
  { pattern: '^docker network connect kind kind-registry', sets: 'network' },
  {
    pattern: '^docker exec .* cat .*hosts.toml',
    when: 'hosts',
    print: '[host."http://kind-registry:5000"]',
  },
  { pattern: '^docker exec .* cat .*hosts.toml', code: 1 },
  { pattern: '^docker exec .* sh -c .*hosts.toml', sets: 'hosts' },
  { pattern: '^docker ps --all --quiet .*name=.kind-registry', when: 'registry', print: 'cafe' },
  { pattern: '^docker rm .*kind-registry', sets: '-registry' },
  {
    pattern: '^docker ps .*cluster=capi-quickstart-docker.*role=',
    when: 'workload',
    print: 'node-1',
  },
  { pattern: '^docker info .*OperatingSystem', print: 'Debian' },
  { pattern: '^docker network inspect kind', print: 'fc00:f853:ccd::1\\n172.18.0.1' },
  { pattern: '^kind version', print: versions.kind },
  { pattern: '^kind get clusters', when: 'cluster', print: 'other\\ncapi-sample-extension' },
  { pattern: '^kind create cluster', sets: 'cluster' },
  { pattern: '^kind delete cluster', sets: '-cluster' },
  { pattern: '^kind get nodes', print: 'capi-sample-extension-control-plane' },
  { pattern: '^clusterctl version', print: versions.clusterctl },
  { pattern: '^clusterctl init', sets: 'providers' },
  { pattern: '^kubectl version --client', print: versions.kubectl },
  { pattern: '^kubectl .*get (providers|crd)', when: '-providers', code: 1 },
  { pattern: '^kubectl .*get deployments', print: `--leader-elect --feature-gates=${gates}` },
  { pattern: '^kubectl .*get deployment/', when: '-deployed', code: 1 },
  { pattern: '^kubectl .*apply --filename manifests/deploy', sets: 'deployed' },
  { pattern: '^kubectl .*apply --filename .dev/workload.yaml', sets: 'workload' },
  {
    pattern: '^kubectl .*get extensionconfig',
    print: 'Discovery x\\nBeforeClusterCreate before-cluster-create',
  },
  { pattern: '^kubectl .*get endpointslices', print: 'true true' },
  { pattern: '^kubectl .*get cluster .*classRef', print: 'sample-extension' },
  { pattern: '^kubectl .*get kubeadmcontrolplanes .*maxSurge', print: '1' },
  { pattern: '^kubectl .*patch cluster .*/variables/', sets: 'updated' },
  // One Machine of the control plane, which is replaced, and one worker, which is updated in place.
  {
    pattern: '^kubectl .*get machines .*ownerReferences',
    when: 'updated',
    print: 'control-2 KubeadmControlPlane\\nworker-1 MachineSet',
  },
  {
    pattern: '^kubectl .*get machines .*ownerReferences',
    print: 'control-1 KubeadmControlPlane\\nworker-1 MachineSet',
  },
  { pattern: '^kubectl .*get events', when: 'updated', print: 'worker-1 cafe 1' },
  { pattern: '^kubectl .*get machines', print: 'v1.37.0 Running\\nv1.37.0 Running' },
  { pattern: '^kubectl .*rollout restart', sets: '-old' },
  { pattern: '^kubectl .*get pods .*--output name', print: 'pod/old-1\\npod/old-2' },
  {
    pattern: '^kubectl .*get pods .*go-template',
    when: 'old',
    print: `localhost:5001/capi-sample-extension@sha256:${'b'.repeat(64)}`,
  },
  {
    pattern: '^kubectl .*get pods .*go-template',
    print: `localhost:5001/capi-sample-extension@${digest}`,
  },
  {
    pattern: '^kubectl .*logs',
    print: [
      '{"level":"info","time":"2026-11-23T04:19:10.001Z","port":9443,"msg":"serving hooks"}\\n',
      '{"level":"info","time":"2026-11-23T04:19:10.067Z","Cluster":{"name":"demo","namespace":"default"},"hook":"BeforeClusterCreate",',
      '"handler":"before-cluster-create","status":"Success","msg":"SPIKE BeforeClusterCreate answered"}',
    ].join(''),
  },
  {
    pattern: '^curl .*manifests/latest',
    print: `HTTP/1.1 200 OK\\r\\nDocker-Content-Digest: ${digest}\\r`,
  },
]
