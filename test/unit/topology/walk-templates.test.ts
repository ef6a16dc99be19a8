import { pino } from 'pino'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { patchTemplate } from '../../../src/topology/template-patch.ts'
import { templateType } from '../../../src/topology/template-type.ts'
import { getVariable } from '../../../src/topology/variable-values.ts'
import {
  AllMachines,
  builtin,
  documents,
  holder,
  infrastructureRef,
  item,
  Machines,
  MachinesV2,
  object,
  patchMachines,
  replaceImage,
  setImage,
  type Values,
  walk,
} from './walk.ts'

it('takes no type without a version', () => {
  expect(() => templateType([], 'MachineTemplate')).toThrow(
    'templateType: MachineTemplate needs an apiVersion',
  )
})

describe('answers', () => {
  it('come in the order of the request', async () => {
    const items = ['c', 'a', 'b'].map((uid) => item(uid))
    const patch = patchMachines(({ template }) => {
      template.spec.template.spec.image = `${template.metadata.name}:1`
    })
    expect(await documents(walk({ items }, [patch]))).toEqual([
      ['c', replaceImage('c:1')],
      ['a', replaceImage('a:1')],
      ['b', replaceImage('b:1')],
    ])
  })

  it('leave out what did not change', async () => {
    expect(await walk({ items: [item('a')] }, [setImage('old')])).toEqual({ items: [] })
  })

  it('leave the request as it is', async () => {
    const request = { items: [item('a')] }
    await walk(request, [setImage('new')])
    expect(request).toEqual({ items: [item('a')] })
  })

  it('are empty for null lists', async () => {
    expect(await walk({ items: null, variables: null }, [setImage('new')])).toEqual({ items: [] })
    const items = [item('a', { variables: null })]
    expect(await documents(walk({ items, variables: null }, [setImage('new')]))).toHaveLength(1)
  })

  it('can be merge patches', async () => {
    const answer = walk({ items: [item('a')] }, [setImage('new')], { patchType: 'JSONMergePatch' })
    expect(await answer).toHaveProperty('items.0.patchType', 'JSONMergePatch')
    expect(await documents(answer)).toEqual([
      ['a', { spec: { template: { spec: { image: 'new' } } } }],
    ])
  })

  it('cannot be merge patches that set null', async () => {
    const answer = walk({ items: [item('a')] }, [setImage(null)], { patchType: 'JSONMergePatch' })
    await expect(answer).rejects.toThrow('cannot set /spec/template/spec/image to null')
    expect(await documents(walk({ items: [item('a')] }, [setImage(null)]))).toHaveLength(1)
  })
})

describe('patches', () => {
  it('of one type run in their order, async ones too', async () => {
    const append = (text: string, wait: boolean) =>
      patchMachines(async ({ template }) => {
        if (wait) await Promise.resolve()
        template.spec.template.spec.image += text
      })
    const answer = walk({ items: [item('a')] }, [append('-1', true), append('-2', false)])
    expect(await documents(answer)).toEqual([['a', replaceImage('old-1-2')]])
  })

  it('are for one apiVersion and kind', async () => {
    const items = [
      item('v1'),
      item('v2', { object: object('example.com/v2', 'MachineTemplate') }),
      item('other', { object: object('example.com/v1', 'OtherTemplate') }),
    ]
    const second = patchTemplate<
      object & { spec: { template: { spec: { picture?: string } } } },
      Values
    >(MachinesV2, ({ template }) => {
      template.spec.template.spec.picture = 'new'
    })
    expect(await documents(walk({ items }, [setImage('new'), second]))).toEqual([
      ['v1', replaceImage('new')],
      ['v2', [{ op: 'add', path: '/spec/template/spec/picture', value: 'new' }]],
    ])
  })

  it('are for all versions of their type, each template once', async () => {
    const items = [item('v1'), item('v2', { object: object('example.com/v2', 'MachineTemplate') })]
    const append = patchTemplate<Machines, Values>(AllMachines, ({ template }) => {
      template.spec.template.spec.image += '-1'
    })
    expect(await documents(walk({ items }, [append]))).toEqual([
      ['v1', replaceImage('old-1')],
      ['v2', replaceImage('old-1')],
    ])
  })

  it('are for the holders that matchResources names', async () => {
    const names = ['default-*']
    const patch = patchTemplate<Machines, Values>(
      Machines,
      { matchResources: { machineDeploymentClass: { names } } },
      ({ template }) => {
        template.spec.template.spec.image = 'new'
      },
    )
    const items = [
      item('worker'),
      item('gpu', { variables: [builtin({ machineDeployment: { class: 'gpu' } })] }),
      item('pool', { holderReference: holder('MachinePool', infrastructureRef) }),
    ]
    // Other holders are known, but not patched.
    const answer = walk({ items }, [patch], { unknownTypes: 'fail' })
    expect(await documents(answer)).toEqual([['worker', replaceImage('new')]])
  })

  it('get variables, holder and a logger that names both', async () => {
    const lines: object[] = []
    const log = pino(
      { base: null, timestamp: false },
      { write: (line) => lines.push(JSON.parse(line)) },
    )
    const calls: object[] = []
    const patch = patchMachines((call) => {
      const { variables, builtin, values, holder } = call
      call.log.info('Patching')
      calls.push({
        variables,
        builtin,
        holder,
        path: getVariable(values, 'other.path[0]', v.string()),
      })
    })
    const global = [
      { name: 'image', value: 'a' },
      { name: 'tags', value: ['b'] },
      { name: 'other', value: { path: ['c'] } },
      builtin({ cluster: { name: 'demo' } }),
    ]
    const machineDeployment = { topologyName: 'md-0', class: 'worker', replicas: 2 }
    const own = [{ name: 'image', value: 'mine' }, builtin({ machineDeployment })]
    const expected = { ...item('a').holderReference, topologyName: 'md-0', class: 'worker' }
    await walk({ items: [item('a', { variables: own })], variables: global }, [patch], {}, log)
    expect(calls).toEqual([
      {
        variables: { image: 'mine', tags: ['b'] },
        builtin: { cluster: { name: 'demo' }, machineDeployment },
        holder: expected,
        path: 'c',
      },
    ])
    const template = { apiVersion: 'example.com/v1', kind: 'MachineTemplate' }
    expect(lines).toEqual([{ level: 30, template, holder: expected, msg: 'Patching' }])
  })

  it('may keep and change the variables: another template does not see it', async () => {
    const patch = patchMachines(({ template, variables, builtin }) => {
      const tags = variables.tags ?? []
      tags.push(builtin.cluster?.metadata?.labels?.['a'] ?? '')
      if (builtin.cluster?.metadata?.labels) builtin.cluster.metadata.labels['a'] = 'changed'
      template.spec.template.spec.tags = tags
    })
    const global = [
      { name: 'tags', value: ['x'] },
      builtin({ cluster: { metadata: { labels: { a: 'b' } } } }),
    ]
    const patches = await documents(
      walk({ items: [item('a'), item('b')], variables: global }, [patch]),
    )
    expect(patches[1]?.[1]).toEqual(patches[0]?.[1])
    expect(patches[0]?.[1]).toEqual([
      { op: 'add', path: '/spec/template/spec/tags', value: ['x', 'b'] },
    ])
  })
})
