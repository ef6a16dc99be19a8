import { describe, expect, it } from 'vitest'
import { type KubeadmComponent, setArgument } from '../../../src/kubeadm/index.ts'
import { controlPlane, everywhere, kubeadm, v1beta1, v1beta2, worker } from './kubeadm.ts'

/** Arguments as a version writes them. */
const args = (version: string, values: Record<string, string>) =>
  version === 'v1beta1' ? values : Object.entries(values).map(([name, value]) => ({ name, value }))

/** A specification in which a component has arguments. */
function withArguments(component: KubeadmComponent, extraArgs: unknown): object {
  if (component === 'kubelet')
    return { joinConfiguration: { nodeRegistration: { kubeletExtraArgs: extraArgs } } }
  if (component === 'etcd') return { clusterConfiguration: { etcd: { local: { extraArgs } } } }
  return { clusterConfiguration: { [component]: { extraArgs } } }
}

const components = ['apiServer', 'controllerManager', 'scheduler', 'etcd'] as const

describe.each([v1beta1, v1beta2])('setArgument in %s', (version) => {
  it.each(components)('adds an argument to the %s of a control plane', (component) => {
    const config = kubeadm(version, controlPlane)
    setArgument(config, component, 'v', '2')
    expect(config.spec).toEqual(withArguments(component, args(version, { v: '2' })))
  })

  it.each(components)('replaces an argument of the %s in its place', (component) => {
    const spec = withArguments(component, args(version, { a: '1', v: '2', z: '3' }))
    const config = kubeadm(version, controlPlane, spec)
    setArgument(config, component, 'v', '4')
    const expected = withArguments(component, args(version, { a: '1', v: '4', z: '3' }))
    expect(JSON.stringify(config.spec)).toBe(JSON.stringify(expected))
  })

  it.each(components)('leaves a worker alone, which has no %s', (component) => {
    const config = kubeadm(version, worker, { joinConfiguration: {} })
    setArgument(config, component, 'v', '2')
    expect(config.spec).toEqual({ joinConfiguration: {} })
  })

  it('sets an argument of the kubelet for machines that join, and for the first of a control plane', () => {
    const nodeRegistration = { kubeletExtraArgs: args(version, { v: '2' }) }
    const [first, others] = [kubeadm(version, controlPlane), kubeadm(version, worker)]
    setArgument(first, 'kubelet', 'v', '2')
    setArgument(others, 'kubelet', 'v', '2')
    expect(first.spec).toEqual({
      initConfiguration: { nodeRegistration },
      joinConfiguration: { nodeRegistration },
    })
    expect(others.spec).toEqual({ joinConfiguration: { nodeRegistration } })
  })

  it('keeps what else is configured', () => {
    const config = kubeadm(version, controlPlane, {
      clusterConfiguration: { apiServer: { certSANs: ['a'] }, etcd: { local: { dataDir: '/a' } } },
      joinConfiguration: { nodeRegistration: { criSocket: 'a' }, skipPhases: ['b'] },
    })
    for (const component of ['apiServer', 'etcd', 'kubelet'] as const)
      setArgument(config, component, 'v', '2')
    const extraArgs = args(version, { v: '2' })
    expect(config.spec).toEqual({
      clusterConfiguration: {
        apiServer: { certSANs: ['a'], extraArgs },
        etcd: { local: { dataDir: '/a', extraArgs } },
      },
      initConfiguration: { nodeRegistration: { kubeletExtraArgs: extraArgs } },
      joinConfiguration: {
        nodeRegistration: { criSocket: 'a', kubeletExtraArgs: extraArgs },
        skipPhases: ['b'],
      },
    })
  })

  it('leaves etcd alone that runs elsewhere: kubeadm takes one of both', () => {
    const spec = { clusterConfiguration: { etcd: { external: { endpoints: ['https://a'] } } } }
    const config = kubeadm(version, controlPlane, structuredClone(spec))
    setArgument(config, 'etcd', 'v', '2')
    expect(config.spec).toEqual(spec)
  })
})

it('leaves one argument of a name in the list of v1beta2, as Cluster API wants it', () => {
  const twice = ['1', '2', '3'].map((value) => ({ name: value === '2' ? 'b' : 'a', value }))
  const config = kubeadm(v1beta2, controlPlane, withArguments('apiServer', twice))
  setArgument(config, 'apiServer', 'a', '4')
  const expected = [
    { name: 'a', value: '4' },
    { name: 'b', value: '2' },
  ]
  expect(config.spec).toEqual(withArguments('apiServer', expected))
})

it('takes a name that JavaScript gives a meaning', () => {
  const config = kubeadm(v1beta1, controlPlane)
  setArgument(config, 'apiServer', '__proto__', 'a')
  expect(JSON.stringify(config.spec)).toContain('{"__proto__":"a"}')
})

it.each(everywhere)('refuses dashes in front of a name, in %s of a %s', (version, role) => {
  expect(() => setArgument(kubeadm(version, role), 'kubelet', '--max-pods', '200')).toThrow(
    'setArgument: the name of an argument has no dashes in front, such as "max-pods": "--max-pods" of kubelet',
  )
  expect(() => setArgument(kubeadm(version, role), 'kubelet', '', '200')).toThrow('setArgument')
})
