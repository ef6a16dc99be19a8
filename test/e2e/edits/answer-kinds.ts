import type { Program, Setting } from './extension.ts'
import type { Edit, Kind, Scene } from './kinds.ts'

const controlPlaneTemplate = 'KubeadmControlPlaneTemplate'
const template = ['spec', 'template']
const kubeadmConfigSpec = [...template, 'spec', 'kubeadmConfigSpec']
const machineTemplate = [...template, 'spec', 'machineTemplate', 'spec']

type Place = Omit<Setting, 'value'>

/** Where the configuration of kubeadm is: that of the control plane or of a MachineDeployment. */
function configPlaces({ cluster }: Scene): Place[] {
  return [
    { kind: controlPlaneTemplate, path: kubeadmConfigSpec },
    ...cluster.start.workers.map(({ name }) => ({
      kind: 'KubeadmConfigTemplate',
      holder: name,
      path: [...template, 'spec'],
    })),
  ]
}

/** The templates of infrastructure machines. */
const machinePlaces = ({ cluster }: Scene): Place[] =>
  ['control plane', ...cluster.start.workers.map(({ name }) => name)].map((holder) => ({
    kind: 'DevMachineTemplate',
    holder,
    path: [],
  }))

const below = (place: Place, ...path: string[]): Place => ({
  ...place,
  path: [...place.path, ...path],
})

/** A program that sets these values as well, or takes fields back whose value is undefined. */
function withSettings({ cluster }: Scene, ...settings: Setting[]): Program {
  const places = new Set(settings.map(placeOf))
  const kept = cluster.program.settings.filter((setting) => !places.has(placeOf(setting)))
  const added = settings.filter(({ value }) => value !== undefined)
  return { ...cluster.program, settings: [...kept, ...added] }
}

const placeOf = ({ kind, holder, path }: Place) => JSON.stringify([kind, holder, path])
const textOf = ({ kind, holder, path }: Place) =>
  `${kind}${holder === undefined ? '' : ` (${holder})`}.${path.join('.')}`

function set(scene: Scene, place: Place, value: unknown): Edit {
  const text = JSON.stringify(value) ?? 'nothing'
  return {
    what: `the extension sets ${textOf(place)} to ${text}`,
    program: withSettings(scene, { ...place, value }),
  }
}

const word = ({ random, number }: Scene) =>
  `${random.pick(['amber', 'birch', 'cedar', 'delta', 'ember'])}-${number}`
const argument = (name: string, value: string) => ({ name, value })
const evictionHard = argument('eviction-hard', 'nodefs.available<0%,imagefs.available<0%')
const kubeletArguments = ['nodeRegistration', 'kubeletExtraArgs']

/** Edits of what the extension answers. */
export const answerKinds: Readonly<Record<string, Kind>> = {
  file(scene) {
    const place = scene.random.pick(configPlaces(scene))
    const content = `${word(scene)}\n`
    return set(scene, below(place, 'files'), [{ path: '/etc/proof', content }])
  },
  'file with a variable'(scene) {
    const place = scene.random.pick(configPlaces(scene))
    const content = `$(greeting) ${scene.random.pick(['world', 'there'])}\n`
    return set(scene, below(place, 'files'), [{ path: '/etc/greeting', content }])
  },
  'files in another order'(scene) {
    const { settings } = scene.cluster.program
    const found = settings.findLast(({ path }) => path.at(-1) === 'files')
    const motd = { path: '/etc/motd', content: 'proof\n' }
    if (!found || !Array.isArray(found.value)) return undefined
    const isThere = found.value.length > 1
    return set(scene, found, isThere ? found.value.toReversed() : [...found.value, motd])
  },
  'kubelet argument'(scene) {
    const place = scene.random.pick(configPlaces(scene))
    const value = [evictionHard, argument('v', `${3 + scene.random.below(5)}`)]
    return set(scene, below(place, 'joinConfiguration', ...kubeletArguments), value)
  },
  'kubelet arguments in another order'(scene) {
    const place = scene.random.pick(configPlaces(scene))
    const list = [argument('v', '2'), evictionHard]
    return set(scene, below(place, 'joinConfiguration', ...kubeletArguments), list)
  },
  'only initConfiguration'(scene) {
    const [controlPlane] = configPlaces(scene)
    const value = [evictionHard, argument('v', `${3 + scene.random.below(5)}`)]
    return (
      controlPlane &&
      set(scene, below(controlPlane, 'initConfiguration', ...kubeletArguments), value)
    )
  },
  dns(scene) {
    const place: Place = {
      kind: controlPlaneTemplate,
      path: [...kubeadmConfigSpec, 'clusterConfiguration', 'dns'],
    }
    return set(scene, place, { imageTag: `v1.12.${scene.number}` })
  },
  'label in spec.template'(scene) {
    const places = [{ kind: 'DevClusterTemplate' }, ...configPlaces(scene), ...machinePlaces(scene)]
    const place = {
      ...scene.random.pick(places),
      path: [...template, 'metadata', 'labels', 'team'],
    }
    return set(scene, place, word(scene))
  },
  'own label'(scene) {
    const place = scene.random.pick([...configPlaces(scene), ...machinePlaces(scene)])
    const key = scene.random.pick(['labels', 'annotations'])
    return set(scene, { ...place, path: ['metadata', key, 'proof'] }, word(scene))
  },
  'field of the control plane'(scene) {
    const [path, value] = scene.random.pick<[string[], unknown]>([
      [['remediation', 'maxRetry'], 2 + scene.random.below(6)],
      [['rollout', 'before', 'certificatesExpiryDays'], 20 + scene.random.below(9)],
      [
        ['machineNaming', 'template'],
        `{{ .kubeadmControlPlane.name }}-${word(scene)}-{{ .random }}`,
      ],
    ])
    return set(scene, { kind: controlPlaneTemplate, path: [...template, 'spec', ...path] }, value)
  },
  'what the controller drops'(scene) {
    const [path, value] = scene.random.pick<[string[], unknown]>([
      [[...template, 'spec', 'machineTemplate', 'metadata', 'labels', 'team'], word(scene)],
      [['metadata', 'labels', 'team'], word(scene)],
      [[...machineTemplate, 'deletion', 'nodeDrainTimeoutSeconds'], 10 + scene.number],
    ])
    return set(scene, { kind: controlPlaneTemplate, path }, value)
  },
  'infrastructure machine'(scene) {
    const place = scene.random.pick(machinePlaces(scene))
    const path = [
      ...template,
      'spec',
      'backend',
      'inMemory',
      'vm',
      'provisioning',
      'startupDuration',
    ]
    return set(scene, { ...place, path }, `${1000 + scene.number}ms`)
  },
  'value that is the default'(scene) {
    const place = scene.random.pick(configPlaces(scene))
    const [path, value] = scene.random.pick<[string[], string]>([
      [['format'], 'cloud-config'],
      [['joinConfiguration', 'nodeRegistration', 'imagePullPolicy'], 'IfNotPresent'],
    ])
    return set(scene, below(place, ...path), value)
  },
  'strategy that is the default'(scene) {
    if (scene.cluster.start.controlPlane > 1) return undefined
    const place = { kind: controlPlaneTemplate, path: [...template, 'spec', 'rollout', 'strategy'] }
    return set(scene, place, { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } })
  },
  'empty list'(scene) {
    const place = scene.random.pick(configPlaces(scene))
    return set(scene, below(place, 'joinConfiguration', 'nodeRegistration', 'taints'), [])
  },
  'what is refused'(scene) {
    const [place, value] = scene.random.pick<[Place, unknown]>([
      [
        {
          kind: controlPlaneTemplate,
          path: [...kubeadmConfigSpec, 'clusterConfiguration', 'certificatesDir'],
        },
        '/etc/other',
      ],
      [{ kind: 'KubeadmConfigTemplate', path: [...template, 'spec', 'mounts'] }, []],
      [{ kind: 'DevMachineTemplate', path: [...template, 'spec', 'size'] }, 'large'],
    ])
    return set(scene, place, value)
  },
  'maxSurge of the control plane'(scene) {
    if (scene.cluster.start.controlPlane < 3) return undefined
    const path = [...template, 'spec', 'rollout', 'strategy']
    const place = { kind: controlPlaneTemplate, path }
    const old = scene.cluster.program.settings.find(
      (setting) => placeOf(setting) === placeOf(place),
    )
    const maxSurge = JSON.stringify(old?.value).includes('"maxSurge":0') ? 1 : 0
    return set(scene, place, { type: 'RollingUpdate', rollingUpdate: { maxSurge } })
  },
  'setting taken back'(scene) {
    const found = scene.random.shuffle(scene.cluster.program.settings).find(
      // What is the last field of its object cannot be taken back (it would be null), and the Machines need the strategy.
      ({ path }) =>
        !['dns', 'strategy', 'maxRetry', 'certificatesExpiryDays', 'template'].includes(
          path.at(-1) ?? '',
        ),
    )
    return found && set(scene, found, undefined)
  },
  'two at once'(scene) {
    const [first, second] = scene.random.shuffle(configPlaces(scene))
    if (!first || !second) return undefined
    const content = `${word(scene)}\n`
    const settings = [
      { ...below(first, 'files'), value: [{ path: '/etc/proof', content }] },
      { ...below(second, 'preKubeadmCommands'), value: [`echo ${word(scene)}`] },
    ]
    return {
      what: `the extension sets ${settings.map(textOf).join(' and ')}`,
      program: withSettings(scene, ...settings),
    }
  },
  'no change of the answer'(scene) {
    const nobody = { kind: 'KubeadmConfigTemplate', holder: 'nobody', path: ['spec', 'x'] }
    return {
      what: 'the extension sets a field of a MachineDeployment that is not there',
      program: withSettings(scene, { ...nobody, value: scene.number }),
    }
  },
  'what can be updated in place'(scene) {
    if (!scene.cluster.start.inPlace) return undefined
    const paths = scene.random.pick([
      ['files'],
      ['files', 'preKubeadmCommands'],
      ['joinConfiguration'],
    ])
    const bootstrapConfig = { KubeadmConfig: paths }
    const machines = scene.random.pick([{}, { infrastructureMachine: { DevMachine: ['backend'] } }])
    return {
      what: `the extension can update ${paths.join(' and ')}${Object.keys(machines).length > 0 ? ' and backend' : ''} in place`,
      program: { ...scene.cluster.program, updatable: { bootstrapConfig, ...machines } },
    }
  },
  none: () => ({ what: 'nothing' }),
}
