import { pino } from 'pino'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { patchTemplate } from '../../../src/topology/template-patch.ts'
import { templateType } from '../../../src/topology/template-type.ts'
import { holder, infrastructureRef, item, object, type Values, walk } from './walk.ts'

// What was said once in a process is not said again: each test has types of its own.
const apiVersion = 'infrastructure.cluster.x-k8s.io/v1beta2'
const older = 'infrastructure.cluster.x-k8s.io/v1beta1'
const patchOf = (kind: string, version: string | string[] = apiVersion, names?: string[]) =>
  names
    ? patchTemplate<object, Values>(
        templateType(version, kind),
        { matchResources: { machineDeploymentClass: { names } } },
        () => {},
      )
    : patchTemplate<object, Values>(templateType(version, kind), () => {})
const template = (kind: string, version = apiVersion) =>
  item('a', { object: object(version, kind) })

let said: string[]
beforeEach(() => {
  said = []
  vi.spyOn(console, 'warn').mockImplementation((message) => said.push(message))
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

function recordingLog() {
  const lines: { level: number; msg: string }[] = []
  const log = pino({ base: null }, { write: (line) => lines.push(JSON.parse(line)) })
  return { log, said: () => lines.map(({ level, msg }) => [level, msg]) }
}

it.each([
  [
    'a typo in the kind',
    [patchOf('AWSMachinetemplate')],
    [template('AWSMachineTemplate')],
    `The patch for AWSMachinetemplate ${apiVersion} has matched no template so far. Nearest is AWSMachineTemplate ${apiVersion} of MachineDeployment demo of class default-worker.`,
  ],
  [
    'a typo in the kind beside a right patch',
    [patchOf('GCPMachineTemplate'), patchOf('GCPMachienTemplate')],
    [template('GCPMachineTemplate')],
    `The patch for GCPMachienTemplate ${apiVersion} has`,
  ],
  [
    'several typos in the kind',
    [patchOf('BWSMachinTemplte')],
    [template('BWSMachineTemplate')],
    'The patch for BWSMachinTemplte ',
  ],
  [
    'the kind of what the template makes',
    [patchOf('LinodeMachine')],
    [template('LinodeMachineTemplate')],
    'The patch for LinodeMachine ',
  ],
  [
    'a typo in the version beside a right patch',
    [
      patchOf('DOMachineTemplate'),
      patchOf('DOMachineTemplate', 'infrastructure.cluster.x-k8s.io/v1bets2'),
    ],
    [template('DOMachineTemplate')],
    'The patch for DOMachineTemplate infrastructure.cluster.x-k8s.io/v1bets2 has',
  ],
  [
    'a typo in one version of several',
    [patchOf('GKEMachineTemplate', [apiVersion, 'infrastructure.cluster.x-k8s.io/v1bets1'])],
    [template('GKEMachineTemplate')],
    'The patch for GKEMachineTemplate infrastructure.cluster.x-k8s.io/v1bets1 has',
  ],
  [
    'a typo in the group',
    [
      patchOf('OCIMachineTemplate'),
      patchOf('OCIMachineTemplate', 'infrastucture.cluster.x-k8s.io/v1beta2'),
    ],
    [template('OCIMachineTemplate')],
    'The patch for OCIMachineTemplate infrastucture.cluster.x-k8s.io/v1beta2 has',
  ],
  [
    'another version than that of the templates',
    [patchOf('AzureMachineTemplate')],
    [template('OtherTemplate'), template('AzureMachineTemplate', older)],
    `Nearest is AzureMachineTemplate ${older} of`,
  ],
  [
    'a typo in a class',
    [patchOf('VSphereMachineTemplate', apiVersion, ['defualt-worker'])],
    [
      item('a', {
        holderReference: holder('Cluster', 'spec.controlPlaneRef'),
        object: object(apiVersion, 'VSphereMachineTemplate'),
      }),
      template('VSphereMachineTemplate'),
    ],
    `The patch for VSphereMachineTemplate ${apiVersion} with matchResources {"machineDeploymentClass":{"names":["defualt-worker"]}} has matched no template so far. Nearest is VSphereMachineTemplate ${apiVersion} of MachineDeployment demo of class default-worker.`,
  ],
])('%s is said on standard error in development, once', async (_, patches, items, message) => {
  await walk({ items }, patches)
  await walk({ items }, patches)
  expect(said).toEqual([expect.stringContaining(message)])
})

it('is logged in production, once', async () => {
  vi.stubEnv('NODE_ENV', 'production')
  const { log, said: logged } = recordingLog()
  const items = [template('HetznerMachineTemplate')]
  for (let call = 0; call < 3; call++)
    await walk({ items }, [patchOf('HetznerMachinetemplate')], {}, log)
  const message = expect.stringContaining('The patch for HetznerMachinetemplate ')
  expect(logged()).toEqual([[40, message]])
  expect(said).toEqual([])
})

it.each([
  [
    'another version, when a patch is for that of the templates',
    [patchOf('KubevirtMachineTemplate', older), patchOf('KubevirtMachineTemplate')],
    [template('KubevirtMachineTemplate')],
    {},
  ],
  [
    'another version, when that of the templates is known',
    [patchOf('NutanixMachineTemplate', older)],
    [template('NutanixMachineTemplate')],
    { knownTypes: { [apiVersion]: ['NutanixMachineTemplate'] } },
  ],
  [
    'what the Cluster does not have',
    [patchOf('DevMachinePoolTemplate')],
    [template('DevMachineTemplate')],
    {},
  ],
  [
    'another class than those of the Cluster',
    [patchOf('IonosMachineTemplate', apiVersion, ['gpu-worker', 'default-workes'])],
    [template('IonosMachineTemplate')],
    {},
  ],
  [
    'workers, when the Cluster has none',
    [patchOf('MetalMachineTemplate', apiVersion, ['*'])],
    [
      item('a', {
        holderReference: holder('KubeadmControlPlane', infrastructureRef),
        object: object(apiVersion, 'MetalMachineTemplate'),
      }),
    ],
    {},
  ],
])('a patch for %s is no warning, but in the log', async (_, patches, items, options) => {
  const { log, said: logged } = recordingLog()
  await walk({ items }, patches, options, log)
  await walk({ items }, patches, options, log)
  expect(said).toEqual([])
  expect(logged()).toEqual([[30, expect.stringContaining('has matched no template so far')]])
})

it('is not said of the other versions of a type that the Cluster has in one', async () => {
  const { log, said: logged } = recordingLog()
  const patches = [patchOf('HarvesterMachineTemplate', [older, apiVersion])]
  await walk({ items: [template('HarvesterMachineTemplate')] }, patches, {}, log)
  expect([said, logged()]).toEqual([[], []])
})

it('is not said of a patch that has matched before, nor when there is no template', async () => {
  const { log, said: logged } = recordingLog()
  const patches = [patchOf('TartMachineTemplate')]
  await walk({ items: [] }, patches, {}, log)
  await walk({ items: [template('TartMachineTemplate')] }, patches, {}, log)
  await walk({ items: [template('TartMachinetemplate')] }, patches, {}, log)
  expect([said, logged()]).toEqual([[], []])
})

it('is said beside a Failure, and not of a patch that it kept from running', async () => {
  const later = vi.fn()
  const patches = [
    patchTemplate<object, Values>(templateType(apiVersion, 'ProxmoxMachineTemplate'), () => ({
      status: 'Failure',
      message: 'No image',
    })),
    patchTemplate<object, Values>(
      templateType(apiVersion, 'ProxmoxMachineTemplate'),
      { matchResources: { machineDeploymentClass: { names: ['default-worker'] } } },
      later,
    ),
    patchOf('ProxmoxMachinetemplate'),
  ]
  const items = [template('ProxmoxMachineTemplate')]
  const answer = await walk({ items }, patches)
  expect(answer).toEqual({ status: 'Failure', message: 'No image' })
  expect(later).not.toHaveBeenCalled()
  expect(said).toEqual([expect.stringContaining('The patch for ProxmoxMachinetemplate ')])
})

it('is not said of a patch whose template has a variable that does not fit', async () => {
  const items = [template('IbmMachineTemplate')]
  const variables = [{ name: 'image', value: 5 }]
  expect(await walk({ items, variables }, [patchOf('IbmMachineTemplate')])).toHaveProperty('status')
  await walk({ items: [template('IbmMachinetemplate')] }, [patchOf('IbmMachineTemplate')])
  expect(said).toEqual([])
})
