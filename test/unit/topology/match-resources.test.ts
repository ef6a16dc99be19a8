import { expect, it } from 'vitest'
import { type MatchResources, matchesResources } from '../../../src/topology/match-resources.ts'

const holder = (kind: string, fieldPath: string) => ({
  apiVersion: 'v1',
  kind,
  namespace: 'default',
  name: 'demo',
  fieldPath,
})
const bootstrap = 'spec.template.spec.bootstrap.configRef'
const infrastructure = 'spec.template.spec.infrastructureRef'
const holders = {
  infrastructureCluster: holder('Cluster', 'spec.infrastructureRef'),
  controlPlane: holder('Cluster', 'spec.controlPlaneRef'),
  machinesV1Beta1: holder('KubeadmControlPlane', 'spec.machineTemplate.infrastructureRef'),
  machines: holder('KubeadmControlPlane', 'spec.machineTemplate.spec.infrastructureRef'),
  deploymentBootstrap: holder('MachineDeployment', bootstrap),
  deployment: holder('MachineDeployment', infrastructure),
  poolBootstrap: holder('MachinePool', bootstrap),
  pool: holder('MachinePool', infrastructure),
  newer: holder('MachineDeployment', 'spec.template.spec.networkRef'),
}
const builtin = { machineDeployment: { class: 'default-worker' }, machinePool: { class: 'pool' } }
const deployments = (...names: string[]) => ({ machineDeploymentClass: { names } })
const pools = (...names: string[]) => ({ machinePoolClass: { names } })

// matchesSelector in patches/inline/json_patch_generator.go.
it.each<[MatchResources, (keyof typeof holders)[]]>([
  [{}, []],
  [{ infrastructureCluster: true }, ['infrastructureCluster']],
  [{ infrastructureCluster: false, controlPlane: false }, []],
  [{ controlPlane: true }, ['controlPlane', 'machinesV1Beta1', 'machines']],
  [deployments('*'), ['deploymentBootstrap', 'deployment']],
  [deployments('default-worker'), ['deploymentBootstrap', 'deployment']],
  [deployments('default-*'), ['deploymentBootstrap', 'deployment']],
  [deployments('*-worker'), ['deploymentBootstrap', 'deployment']],
  [deployments('other', '*-worker'), ['deploymentBootstrap', 'deployment']],
  [deployments('default'), []],
  [deployments('xdefault-worker', 'default-workerx'), []],
  [deployments('*-default'), []],
  [deployments('worker-*'), []],
  [deployments('*fault*'), []],
  [deployments('default-?orker'), []],
  [deployments('pool'), []],
  [deployments(), []],
  [pools('pool'), ['poolBootstrap', 'pool']],
  [pools('p*', '*'), ['poolBootstrap', 'pool']],
  [pools('default-worker'), []],
  [
    { infrastructureCluster: true, ...pools('*') },
    ['infrastructureCluster', 'poolBootstrap', 'pool'],
  ],
])('%j is for %j', (matchResources, matched) => {
  const names = Object.entries(holders)
    .filter(([, reference]) => matchesResources(matchResources, reference, builtin))
    .map(([name]) => name)
  expect(names).toEqual(matched)
})

it.each([{}, { machineDeployment: null }, { machineDeployment: { class: null } }])(
  'matches no class when the variables hold %j',
  (variables) => {
    expect(matchesResources(deployments('*'), holders.deployment, variables)).toBe(false)
  },
)
