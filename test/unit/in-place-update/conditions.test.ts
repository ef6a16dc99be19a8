import { applyPatch, type Operation } from 'rfc6902'
import { describe, expect, it } from 'vitest'
import type { Patch } from '../../../src/contract/common.ts'
import { canUpdateMachine, canUpdateMachineSet } from '../../../src/in-place-update/can-update.ts'
import type { Updatable, UpdatablePath } from '../../../src/in-place-update/updatable.ts'
import { silent } from '../../support/silent.ts'

const infrastructureRef = { apiGroup: 'g', kind: 'k', name: 'n' }
const metadata = { name: 'm', namespace: 'default' }

/** Both hooks asked for the same change of a configuration: operations below the spec, and message. */
function ask(current: object, desired: object, paths: UpdatablePath[]) {
  const updatable: Updatable = { bootstrapConfig: { KubeadmConfig: paths } }
  const machineSpec = { clusterName: 'c', bootstrap: {}, infrastructureRef }
  const ofMachine = (spec: object) => ({
    machine: { kind: 'Machine', metadata, spec: machineSpec },
    infrastructureMachine: { kind: 'DevMachine', spec: {} },
    bootstrapConfig: { kind: 'KubeadmConfig', spec },
  })
  const ofMachineSet = (spec: object) => ({
    machineSet: {
      kind: 'MachineSet',
      metadata,
      spec: { clusterName: 'c', selector: {}, template: { spec: machineSpec } },
    },
    infrastructureMachineTemplate: { kind: 'DevMachineTemplate', spec: { template: { spec: {} } } },
    bootstrapConfigTemplate: { kind: 'KubeadmConfigTemplate', spec: { template: { spec } } },
  })
  const machine = canUpdateMachine(
    { request: { current: ofMachine(current), desired: ofMachine(desired) }, log: silent },
    updatable,
  )
  const machineSet = canUpdateMachineSet(
    { request: { current: ofMachineSet(current), desired: ofMachineSet(desired) }, log: silent },
    updatable,
  )
  const answers = [
    answerOf(machine.bootstrapConfigPatch, '/spec', machine.message),
    answerOf(
      machineSet.bootstrapConfigTemplatePatch,
      '/spec/template/spec',
      machineSet.message?.replaceAll('KubeadmConfigTemplate spec.template.', 'KubeadmConfig '),
    ),
  ] as const
  expect(answers[1]).toEqual(answers[0])
  return answers[0]
}

function answerOf(patch: Patch | undefined, root: string, message: string | undefined) {
  const json = Buffer.from(patch?.patch ?? '', 'base64').toString()
  const operations: Operation[] = patch ? JSON.parse(json) : []
  for (const operation of operations) {
    expect(operation.path.startsWith(`${root}/`)).toBe(true)
    operation.path = operation.path.slice(root.length)
  }
  return { operations, leftovers: message?.replace(/^cannot be updated in place: /, '') }
}

const file = (path: string, content: string) => ({ path, content, owner: 'root' })
const appFiles: UpdatablePath = {
  path: 'files',
  each: { key: 'path', when: ({ name }) => name.startsWith('/etc/app/') },
}

describe('one file of files', () => {
  const files = [file('/etc/motd', 'hi'), file('/etc/app/a', '1'), file('/etc/app/b', '1')]
  const [motd, a, b] = files

  it('is changed with the smallest patch', () => {
    const desired = { files: [motd, file('/etc/app/a', '2'), b] }
    expect(ask({ files }, desired, [appFiles])).toEqual({
      operations: [{ op: 'replace', path: '/files/1/content', value: '2' }],
      leftovers: undefined,
    })
  })

  it('comes and goes', () => {
    const c = file('/etc/app/c', '1')
    const answer = ask({ files }, { files: [motd, c, b] }, [appFiles])
    const patched = { files: structuredClone(files) }
    applyPatch(patched, answer.operations)
    expect(patched).toEqual({ files: [motd, c, b] })
    expect(answer.leftovers).toBeUndefined()
    expect(ask({}, { files: [a] }, [appFiles])).toEqual({
      operations: [{ op: 'add', path: '/files', value: [a] }],
      leftovers: undefined,
    })
    expect(ask({ files: [a] }, {}, [appFiles])).toEqual({
      operations: [{ op: 'remove', path: '/files' }],
      leftovers: undefined,
    })
  })

  it('is named when it is another', () => {
    const desired = { files: [file('/etc/motd', 'ho'), file('/etc/app/a', '2'), b] }
    expect(ask({ files }, desired, [appFiles])).toEqual({
      operations: [{ op: 'replace', path: '/files/1/content', value: '2' }],
      leftovers: 'KubeadmConfig spec.files["/etc/motd"].content',
    })
    expect(ask({}, { files }, [appFiles]).leftovers).toBe('KubeadmConfig spec.files["/etc/motd"]')
    expect(ask({ files }, {}, [appFiles]).leftovers).toBe('KubeadmConfig spec.files["/etc/motd"]')
    expect(ask({ files: [a] }, { files: [a, motd] }, [appFiles]).leftovers).toBe(
      'KubeadmConfig spec.files["/etc/motd"]',
    )
  })

  it.each([
    ['another order', files.toReversed()],
    ['a path twice', [...files, a]],
    ['a file without a path', [...files, { content: '1' }]],
  ])('is a replacement in doubt: %s', (_, desired) => {
    const all: UpdatablePath = { path: 'files', each: { key: 'path', when: () => true } }
    const { operations, leftovers } = ask({ files }, { files: desired }, [all])
    expect(operations).toEqual([])
    expect(leftovers).toMatch(/^KubeadmConfig spec\.files\./)
  })

  it('does not hide that a list is empty and not absent', () => {
    expect(ask({ files: [] }, {}, [appFiles]).leftovers).toBe('KubeadmConfig spec.files')
    expect(ask({}, { files: [] }, [appFiles]).leftovers).toBe('KubeadmConfig spec.files')
  })

  it('may be described by several entries', () => {
    const byPath = (path: string): UpdatablePath => ({
      path: 'files',
      each: { key: 'path', when: ({ name }) => name === path },
    })
    const desired = {
      files: [file('/etc/motd', 'ho'), file('/etc/app/a', '2'), file('/etc/app/b', '2')],
    }
    expect(ask({ files }, desired, [byPath('/etc/motd'), byPath('/etc/app/b')])).toEqual({
      operations: [
        { op: 'replace', path: '/files/0/content', value: 'ho' },
        { op: 'replace', path: '/files/2/content', value: '2' },
      ],
      leftovers: 'KubeadmConfig spec.files["/etc/app/a"].content',
    })
  })
})

describe('one argument', () => {
  const path = 'clusterConfiguration.apiServer.extraArgs'
  const verbosity: UpdatablePath = {
    path,
    each: { key: 'name', when: ({ name }) => name === 'v' },
  }
  const config = (extraArgs: unknown) => ({ clusterConfiguration: { apiServer: { extraArgs } } })
  const list = (v: string, profiling = 'true') =>
    config([
      { name: 'profiling', value: profiling },
      { name: 'v', value: v },
    ])

  it('of a list', () => {
    expect(ask(list('2'), list('4'), [verbosity])).toEqual({
      operations: [
        { op: 'replace', path: '/clusterConfiguration/apiServer/extraArgs/1/value', value: '4' },
      ],
      leftovers: undefined,
    })
    expect(ask(list('2'), list('4', 'false'), [verbosity]).leftovers).toBe(
      `KubeadmConfig spec.${path}.profiling.value`,
    )
  })

  it('of a map', () => {
    const current = config({ v: '2', profiling: 'true' })
    expect(ask(current, config({ v: '4', profiling: 'true' }), [verbosity]).operations).toEqual([
      { op: 'replace', path: '/clusterConfiguration/apiServer/extraArgs/v', value: '4' },
    ])
    expect(ask(current, config({ v: '4' }), [verbosity]).leftovers).toBe(
      `KubeadmConfig spec.${path}.profiling`,
    )
  })

  it('of what had none', () => {
    expect(ask({}, config({ v: '4' }), [verbosity])).toEqual({
      operations: [
        {
          op: 'add',
          path: '/clusterConfiguration',
          value: config({ v: '4' }).clusterConfiguration,
        },
      ],
      leftovers: undefined,
    })
    expect(ask(config({ v: '4' }), {}, [verbosity])).toEqual({
      operations: [{ op: 'remove', path: '/clusterConfiguration' }],
      leftovers: undefined,
    })
  })
})

describe('a condition', () => {
  const when = (expected: unknown): UpdatablePath => ({
    path: 'format',
    when: ({ current, desired }) => current === 'a' && desired === expected,
  })

  it('is asked with both sides, and only of a change', () => {
    expect(ask({ format: 'a' }, { format: 'b' }, [when('b')])).toEqual({
      operations: [{ op: 'replace', path: '/format', value: 'b' }],
      leftovers: undefined,
    })
    expect(ask({ format: 'a' }, {}, [when(undefined)]).operations).toEqual([
      { op: 'remove', path: '/format' },
    ])
    const never: UpdatablePath = {
      path: 'format',
      when: () => {
        throw new Error('was asked')
      },
    }
    expect(ask({ format: 'a' }, { format: 'a' }, [never]).operations).toEqual([])
  })

  it('that does not hold leaves the path', () => {
    expect(ask({ format: 'a' }, { format: 'c' }, [when('b')])).toEqual({
      operations: [],
      leftovers: 'KubeadmConfig spec.format',
    })
  })

  it('holds for true alone', () => {
    // Past the compiler, as a JavaScript author might.
    const late = { path: 'format', when: JSON.parse('{}') }
    late.when = async () => true
    expect(ask({ format: 'a' }, { format: 'b' }, [late]).operations).toEqual([])
    const lateEach = { path: 'files', each: { key: 'path', when: late.when } }
    expect(ask({}, { files: [file('/a', '1')] }, [lateEach]).operations).toEqual([])
  })
})
