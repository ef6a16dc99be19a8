import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildPrograms } from '../../src/dev/sandbox/build.ts'
import {
  addCertSAN,
  appendCommand,
  kubeadmOf,
  prependCommand,
  putFile,
  setArgument,
} from '../../src/kubeadm/index.ts'
import { eventually } from '../image/command.ts'
import { startApiServer } from '../support/api-server.ts'
import { everywhere, template } from '../unit/kubeadm/kubeadm.ts'
import { connect } from './api.ts'
import { readDefinitions } from './definitions.ts'

let server: Awaited<ReturnType<typeof startApiServer>>
let api: ReturnType<typeof connect>

beforeAll(async () => {
  server = await startApiServer(await buildPrograms(['etcd', 'kube-apiserver']))
  api = connect(server.config)
  const definitions = readDefinitions().filter(({ metadata }) =>
    /^kubeadm\w+templates\./.test(metadata?.name ?? ''),
  )
  expect(definitions).toHaveLength(2)
  for (const definition of definitions) await api.apply(definition)
})
afterAll(() => server?.stop())

describe.each(everywhere)('the API server takes, in %s of a %s', (version, role) => {
  it('what the helpers write', async () => {
    const object = template(version, role, {})
    const kubeadm = kubeadmOf(object)
    if (!kubeadm) throw new Error('no template of kubeadm')
    putFile(kubeadm, { path: '/a', content: 'a', owner: 'root:root', permissions: '0600' })
    putFile(kubeadm, { path: '/b', contentFrom: { secret: { name: 'a', key: 'b' } }, append: true })
    putFile(kubeadm, { path: '/c', content: 'YQ==', encoding: 'base64' })
    for (const list of ['bootCommands', 'preKubeadmCommands', 'postKubeadmCommands'] as const) {
      prependCommand(kubeadm, list, 'first')
      appendCommand(kubeadm, list, 'last')
    }
    for (const component of [
      'apiServer',
      'controllerManager',
      'scheduler',
      'etcd',
      'kubelet',
    ] as const)
      for (const value of ['1', '2']) setArgument(kubeadm, component, 'v', value)
    addCertSAN(kubeadm, 'api.example.com')
    const answer = await eventually('its definition', async () => {
      const answer = await api.dryRun(object)
      expect(answer.code).not.toBe(404)
      return answer
    })
    expect(answer).toMatchObject({ code: 201 })
  })
})
