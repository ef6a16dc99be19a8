import { describe, expect, it } from 'vitest'
import { encodePatch } from '../../../src/contract/encode-patch.ts'
import { GeneratePatches } from '../../../src/contract/topology.ts'
import { defineHook } from '../../../src/handler/hook.ts'
import { isObject } from '../../../src/json/json.ts'
import {
  addCertSAN,
  type KubeadmSelector,
  patchKubeadm,
  prependCommand,
  putFile,
  setArgument,
} from '../../../src/kubeadm/index.ts'
import { callHook } from '../../../src/testing/call-hook.ts'
import { defineVariables } from '../../../src/topology/variables.ts'
import { walkTemplates } from '../../../src/topology/walk-templates.ts'
import { templates } from '../../recorded/meaning.ts'
import { recordedOf } from '../../recorded/recorded.ts'
import { everywhere, template, type Version, v1beta2 } from './kubeadm.ts'

const variables = defineVariables({})
type Values = ReturnType<typeof variables.parse>

/** A hook with these patches. */
const patching = (...patches: ReturnType<typeof patchKubeadm<Values>>[]) =>
  defineHook(GeneratePatches, (call) => walkTemplates(call, { variables }, patches))

const everything = patchKubeadm<Values>(({ kubeadm }) => {
  putFile(kubeadm, { path: '/etc/motd', content: 'Hello' })
  prependCommand(kubeadm, 'preKubeadmCommands', 'cat /etc/motd')
  setArgument(kubeadm, 'apiServer', 'v', '2')
  setArgument(kubeadm, 'kubelet', 'v', '2')
  addCertSAN(kubeadm, 'api.example.com')
})

/** A request with a template of a control plane and one of workers. */
function requestOf(version: Version) {
  const holder = (kind: string, fieldPath: string) => ({
    apiVersion: 'cluster.x-k8s.io/v1beta2',
    kind,
    namespace: 'default',
    name: 'demo',
    fieldPath,
  })
  const workers = (kind: string, builtin: object) => ({
    uid: kind,
    holderReference: holder(kind, 'spec.template.spec.bootstrap.configRef'),
    object: template(version, 'worker', {}),
    variables: [{ name: 'builtin', value: builtin }],
  })
  return {
    items: [
      {
        uid: 'ControlPlane',
        holderReference: holder('Cluster', 'spec.controlPlaneRef'),
        object: template(version, 'control-plane', {}),
      },
      workers('MachineDeployment', { machineDeployment: { class: 'default-worker' } }),
      workers('MachinePool', { machinePool: { class: 'default-worker' } }),
    ],
  }
}

/** The templates of a request, none of which has the specification of what it is a template of. */
function withoutSpecs(version: Version = v1beta2) {
  const { items } = requestOf(version)
  return items.map((item) => ({ ...item, object: { ...item.object, spec: { template: {} } } }))
}

async function patchedUids(patch: ReturnType<typeof patchKubeadm<Values>>, request: object) {
  const { items = [] } = Object(await callHook(patching(patch), request))
  return Array.isArray(items) ? items.map(({ uid }) => uid) : []
}

const eviction = 'nodefs.available<0%,nodefs.inodesFree<0%,imagefs.available<0%'
const criSocket = 'unix:///var/run/containerd/containerd.sock'
const filesAndCommands = {
  files: [{ path: '/etc/motd', content: 'Hello' }],
  preKubeadmCommands: ['cat /etc/motd'],
}
const joined = (kubeletExtraArgs: unknown) => ({
  nodeRegistration: { criSocket, kubeletExtraArgs },
})
const list = [
  { name: 'eviction-hard', value: eviction },
  { name: 'v', value: '2' },
]

describe('one patch for recorded templates', () => {
  /** The specs of a recorded request's kubeadm templates, after the patch. */
  async function specsOf(file: string) {
    const request = recordedOf('GeneratePatches').find((one) => one.file === file)?.request ?? {}
    const made = templates(request, await callHook(patching(everything), request))
    const objects = Object.values(made).filter((object) => isObject(object))
    return Object.fromEntries(
      objects
        .filter(({ kind }) => String(kind).startsWith('Kubeadm'))
        .map((object) => [object['kind'], Object(object['spec']).template.spec]),
    )
  }

  it('changes those of control plane and workers in v1beta2', async () => {
    expect(await specsOf('generatepatches-03.json')).toEqual({
      KubeadmControlPlaneTemplate: {
        kubeadmConfigSpec: {
          clusterConfiguration: {
            apiServer: {
              certSANs: [
                'localhost',
                '127.0.0.1',
                '0.0.0.0',
                'host.docker.internal',
                'api.example.com',
              ],
              extraArgs: [{ name: 'v', value: '2' }],
            },
          },
          initConfiguration: joined(list),
          joinConfiguration: joined(list),
          ...filesAndCommands,
        },
      },
      KubeadmConfigTemplate: { joinConfiguration: joined(list), ...filesAndCommands },
    })
  })

  it('changes those of workers in v1beta1', async () => {
    const { KubeadmConfigTemplate } = await specsOf('generatepatches-07.json')
    expect(KubeadmConfigTemplate).toEqual({
      joinConfiguration: {
        nodeRegistration: {
          kubeletExtraArgs: { 'eviction-hard': 'nodefs.available<0%', v: '2' },
        },
      },
      ...filesAndCommands,
    })
  })

  it.each(recordedOf('GeneratePatches'))(
    'is the same each time, for $file',
    async ({ request }) => {
      const answer = await callHook(patching(everything), request)
      expect(Object(answer).items).toHaveLength(2)
      expect(await callHook(patching(everything), request)).toEqual(answer)
    },
  )

  it.each(recordedOf('GeneratePatches'))(
    'has nothing to do when it is done, for $file',
    async ({ request }) => {
      const made = templates(request, await callHook(patching(everything), request))
      const items = Object(request).items.map((item: { uid: string }) => ({
        ...item,
        object: made[item.uid],
      }))
      expect(await callHook(patching(everything), { ...request, items })).toMatchObject({
        items: [],
      })
    },
  )
})

describe.each(everywhere)('in %s, the patch of a %s', (version, role) => {
  const uids = role === 'worker' ? ['MachineDeployment', 'MachinePool'] : ['ControlPlane']

  it('knows its version and role', async () => {
    const patch = patchKubeadm<Values>(({ kubeadm }) => {
      if (kubeadm.version === version && kubeadm.role === role) kubeadm.spec.verbosity = 4
    })
    const request = requestOf(version)
    expect(await patchedUids(patch, request)).toEqual(uids)
  })

  it('writes nothing where it puts nothing, and makes what it needs', async () => {
    const request = requestOf(version)
    const items = request.items.map((item) => ({
      ...item,
      object: { ...item.object, spec: { template: {} } },
    }))
    expect(
      await patchedUids(
        patchKubeadm<Values>(() => {}),
        { items },
      ),
    ).toEqual([])
    const put = patchKubeadm<Values>(({ kubeadm }) => {
      if (kubeadm.role === role) putFile(kubeadm, { path: '/a', content: 'a' })
    })
    const made = templates({ items }, await callHook(patching(put), { items }))
    const { spec } = template(version, role, { files: [{ path: '/a', content: 'a' }] })
    for (const uid of uids) expect(made[uid]).toHaveProperty('spec', spec)
  })
})

describe('matchResources', () => {
  const request = requestOf(v1beta2)
  const names = { names: ['default-*'] }
  it.each<[KubeadmSelector['matchResources'], string[]]>([
    [{ controlPlane: true }, ['ControlPlane']],
    [{ machineDeploymentClass: names }, ['MachineDeployment']],
    [{ machinePoolClass: names }, ['MachinePool']],
    [{ controlPlane: true, machinePoolClass: names }, ['ControlPlane', 'MachinePool']],
    [{ machineDeploymentClass: { names: ['other'] } }, []],
    [{ controlPlane: false }, []],
    [{}, []],
  ])('%j selects %j', async (matchResources, uids) => {
    const patch = patchKubeadm<Values>({ matchResources }, ({ kubeadm }) => {
      putFile(kubeadm, { path: '/a', content: 'a' })
    })
    expect(await patchedUids(patch, request)).toEqual(uids)
  })
})

it('answers with the Failure of a patch, of an async one too', async () => {
  const request = requestOf(v1beta2)
  const failure = { status: 'Failure', message: 'No image' } as const
  const patches = [patchKubeadm<Values>(() => failure), patchKubeadm<Values>(async () => failure)]
  for (const patch of patches)
    expect(await callHook(patching(patch), request)).toMatchObject(failure)
})

it('keeps what a patch puts beside the configuration, and no empty one', async () => {
  const patch = patchKubeadm<Values>(({ template }) => {
    if (template.apiVersion === 'controlplane.cluster.x-k8s.io/v1beta2')
      Object.assign(template.spec.template.spec ?? {}, { remediation: { maxRetry: 3 } })
  })
  const answer = await callHook(patching(patch), { items: withoutSpecs() })
  const value = { remediation: { maxRetry: 3 } }
  const operations = [{ op: 'add', path: '/spec/template/spec', value }]
  expect(answer).toMatchObject({ items: [encodePatch('JSONPatch', operations)] })
})
