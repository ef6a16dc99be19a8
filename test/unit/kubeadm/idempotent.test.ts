import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  addCertSAN,
  appendCommand,
  type Kubeadm,
  prependCommand,
  putFile,
  setArgument,
} from '../../../src/kubeadm/index.ts'
import { kubeadm } from './kubeadm.ts'

// Few values, so that changes meet each other and what is there.
const letter = fc.constantFrom('a', 'b', 'c', 'd')
const letters = fc.uniqueArray(letter)
const version = fc.constantFrom('v1beta1', 'v1beta2')
const role = fc.constantFrom('control-plane', 'worker')
const list = fc.constantFrom('bootCommands', 'preKubeadmCommands', 'postKubeadmCommands')
const component = fc.constantFrom('apiServer', 'controllerManager', 'scheduler', 'etcd', 'kubelet')

type Change = (config: Kubeadm) => void
const change = fc.oneof(
  fc.tuple(letter, letter).map(
    ([path, content]): Change =>
      (config) =>
        putFile(config, { path, content }),
  ),
  fc.tuple(list, letter).map(
    ([name, command]): Change =>
      (config) =>
        prependCommand(config, name, command),
  ),
  fc.tuple(list, letter).map(
    ([name, command]): Change =>
      (config) =>
        appendCommand(config, name, command),
  ),
  fc.tuple(component, letter, letter).map(
    ([of, name, value]): Change =>
      (config) =>
        setArgument(config, of, name, value),
  ),
  letter.map(
    (name): Change =>
      (config) =>
        addCertSAN(config, name),
  ),
)

/** A configuration as Cluster API lets one stand in a template. */
const configuration = fc
  .record({
    version,
    role,
    paths: letters,
    commands: fc.array(letter),
    names: letters,
    external: fc.boolean(),
  })
  .map(({ version, role, paths, commands, names, external }) => {
    const args =
      version === 'v1beta1'
        ? Object.fromEntries(names.map((name) => [name, 'old']))
        : names.map((name) => ({ name, value: 'old' }))
    return () =>
      kubeadm(version, role, {
        files: paths.map((path) => ({ path, content: 'old' })),
        preKubeadmCommands: commands,
        clusterConfiguration: {
          apiServer: { extraArgs: args, certSANs: names },
          etcd: external
            ? { external: { endpoints: ['https://a'] } }
            : { local: { extraArgs: args } },
        },
        joinConfiguration: { nodeRegistration: { kubeletExtraArgs: args } },
      })
  })

it('a patch that is made twice makes what it makes once', () => {
  fc.assert(
    fc.property(configuration, fc.array(change), (make, changes) => {
      const config = make()
      for (const apply of changes) apply(config)
      const once = JSON.stringify(config.spec)
      for (const apply of changes) apply(config)
      expect(JSON.stringify(config.spec)).toBe(once)
    }),
  )
})

it('files and arguments that a patch does not name keep their order', () => {
  const others = (config: Kubeadm) =>
    [
      ...(config.spec.files ?? [])
        .filter(({ content }) => content === 'old')
        .map(({ path }) => path),
      ...JSON.stringify(config.spec.clusterConfiguration).matchAll(/\w+(?=":"old|","value":"old)/g),
    ].map(String)
  fc.assert(
    fc.property(configuration, fc.array(change), (make, changes) => {
      const [config, before] = [make(), others(make())]
      for (const apply of changes) apply(config)
      const after = others(config)
      let rest = before
      for (const one of after) {
        expect(rest).toContain(one)
        rest = rest.slice(rest.indexOf(one) + 1)
      }
    }),
  )
})
