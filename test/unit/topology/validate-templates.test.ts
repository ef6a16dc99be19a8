import { pino } from 'pino'
import * as v from 'valibot'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { checkTemplate } from '../../../src/topology/template-check.ts'
import { templateType } from '../../../src/topology/template-type.ts'
import { checkTopology } from '../../../src/topology/topology-check.ts'
import { validateTemplates } from '../../../src/topology/validate-templates.ts'
import { getVariable } from '../../../src/topology/variable-values.ts'
import { defineVariables, variable } from '../../../src/topology/variables.ts'
import { recordedOf } from '../../recorded/recorded.ts'
import { silent } from '../../support/silent.ts'
import { builtin, holder, infrastructureRef, item, Machines, object, variables } from './walk.ts'

type Checks = Parameters<typeof validateTemplates<ReturnType<typeof variables.parse>>>[2]
type Request = Parameters<typeof validateTemplates>[0]['request']

const { signal } = new AbortController()
const validate = (request: Request, checks: Checks, options = {}, log = silent) =>
  validateTemplates({ request, log, signal }, { variables, ...options }, checks)

const configRef = 'spec.template.spec.bootstrap.configRef'
const worker = (name: string, fieldPath = infrastructureRef, more: object = {}) =>
  item(name, {
    holderReference: holder('MachineDeployment', fieldPath, `demo-${name}-x7k2p`),
    variables: [builtin({ machineDeployment: { topologyName: name, class: `${name}-class` } })],
    ...more,
  })
const refuse = (message: string) => ({ status: 'Failure', message }) as const

describe('a check of templates', () => {
  it('gets template, holder, variables, builtin and the template of others', async () => {
    const seen: object[] = []
    const check: Checks[number] = checkTemplate(Machines, (call) => {
      const { template, holder, variables, builtin, values, templates } = call
      const image = getVariable(values, 'image', v.string())
      seen.push([template.metadata.name, holder.topologyName, holder.class, variables, image])
      seen.push([builtin.cluster?.name, templates.all.length])
    })
    const own = { name: 'image', value: 'mine' }
    const overriding = worker('md-1')
    overriding.variables.push(own as never)
    const request = {
      items: [worker('md-0'), overriding],
      variables: [{ name: 'image', value: 'a' }, builtin({ cluster: { name: 'demo' } })],
    }
    expect(await validate(request, [check])).toBeUndefined()
    expect(seen).toEqual([
      ['md-0', 'md-0', 'md-0-class', { image: 'a', tags: undefined }, 'a'],
      ['demo', 2],
      ['md-1', 'md-1', 'md-1-class', { image: 'mine', tags: undefined }, 'mine'],
      ['demo', 2],
    ])
  })

  it('is for the types and holders that it names', async () => {
    const seen: (string | undefined)[] = []
    const check: Checks[number] = checkTemplate(
      Machines,
      { matchResources: { machineDeploymentClass: { names: ['gpu-*'] } } },
      async ({ holder }) => {
        seen.push(holder.topologyName)
      },
    )
    const items = [
      worker('gpu-0'),
      worker('md-0'),
      worker('gpu-1', infrastructureRef, { object: object('example.com/v2', 'MachineTemplate') }),
    ]
    await validate({ items }, [check])
    expect(seen).toEqual(['gpu-0'])
  })

  it('refuses with the first message, whatever the order of the request', async () => {
    const checks: Checks = [
      checkTemplate(Machines, ({ holder }) => refuse(`${holder.topologyName} is too large`)),
      checkTopology(() => refuse('b: there are too many')),
    ]
    const items = ['c', 'a', 'b'].map((name) => worker(name))
    const expected = { status: 'Failure', message: 'a is too large' }
    expect(await validate({ items }, checks)).toEqual(expected)
    expect(await validate({ items: items.toReversed() }, checks)).toEqual(expected)
  })

  it('logs with template and holder', async () => {
    const lines: object[] = []
    const log = pino({ base: null }, { write: (line) => lines.push(JSON.parse(line)) })
    const check: Checks[number] = checkTemplate(Machines, (call) => call.log.info('Checking'))
    await validate({ items: [worker('md-0')] }, [check], {}, log)
    expect(lines).toMatchObject([
      { template: { kind: 'MachineTemplate' }, holder: { topologyName: 'md-0' }, msg: 'Checking' },
    ])
  })

  it('leaves the request as it is', async () => {
    const request = { items: [worker('b'), worker('a')], variables: null }
    const copy = structuredClone(request)
    const check: Checks[number] = checkTopology(({ templates, variables, builtin }) => {
      for (const call of templates.all) Object.assign(call.builtin, { changed: true })
      Object.assign(builtin, { changed: true })
      Object.assign(variables, { changed: true })
    })
    await validate(request, [check])
    expect(request).toEqual(copy)
  })
})

describe('a check of the topology', () => {
  const Bootstraps = templateType<{ spec: object }>('example.com/v1', 'BootstrapTemplate')
  const bootstrap = { object: object('example.com/v1', 'BootstrapTemplate') }
  const items = [
    worker('md-1'),
    worker('md-0', configRef, bootstrap),
    worker('md-1', configRef, bootstrap),
    worker('md-0'),
    item('mp-0', {
      holderReference: holder('MachinePool', infrastructureRef, 'demo-mp-0-q3v9z'),
      variables: [builtin({ machinePool: { topologyName: 'mp-0', class: 'pool' } })],
    }),
    item('control-plane', {
      holderReference: holder('KubeadmControlPlane', 'spec.machineTemplate.spec.infrastructureRef'),
      variables: [builtin({ controlPlane: { version: 'v1.36.4' } })],
    }),
  ]

  it('runs once, with all templates sorted by holder, and the names that users know', async () => {
    const seen: unknown[] = []
    const check: Checks[number] = checkTopology(({ templates, variables }) => {
      const { all, machineDeployments, machinePools } = templates
      seen.push(machineDeployments, machinePools, variables.image)
      seen.push(all.map(({ template, holder }) => `${holder.name} ${template['kind']}`))
    })
    const variables = [{ name: 'image', value: 'a' }]
    for (const order of [items, items.toReversed()]) {
      seen.length = 0
      expect(await validate({ items: order, variables }, [check])).toBeUndefined()
      expect(seen).toEqual([
        ['md-0', 'md-1'],
        ['mp-0'],
        'a',
        [
          'demo MachineTemplate',
          'demo-md-0-x7k2p BootstrapTemplate',
          'demo-md-0-x7k2p MachineTemplate',
          'demo-md-1-x7k2p BootstrapTemplate',
          'demo-md-1-x7k2p MachineTemplate',
          'demo-mp-0-q3v9z MachineTemplate',
        ],
      ])
    }
  })

  it('finds the templates of a type and of some holders', async () => {
    const names: unknown[] = []
    const check: Checks[number] = checkTopology(({ templates }) => {
      const matchResources = { controlPlane: true, machinePoolClass: { names: ['pool'] } }
      for (const found of [
        templates.ofType(Bootstraps),
        templates.ofType(Machines, { matchResources }),
        templates.ofType(templateType(['example.com/v2', 'example.com/v3'], 'MachineTemplate')),
      ])
        names.push(found.map(({ holder }) => holder.topologyName))
    })
    await validate({ items }, [check])
    expect(names).toEqual([['md-0', 'md-1'], [undefined, 'mp-0'], []])
  })

  it('refuses a variable of a template when it reads it', async () => {
    const bad = worker('md-2')
    bad.variables.push({ name: 'tags', value: [5] } as never)
    const check: Checks[number] = checkTopology(({ templates }) => {
      for (const { variables } of templates.all) void variables
    })
    expect(await validate({ items: [bad] }, [check])).toEqual(
      refuse('variable "tags": [0]: expected string'),
    )
    expect(await validate({ items: [bad] }, [])).toBeUndefined()
  })
})

describe('a Failure', () => {
  const never: Checks[number] = checkTemplate(Machines, () => {
    throw new Error('was called')
  })

  it('says what is wrong with a variable', async () => {
    const request = { items: [worker('md-0')], variables: [{ name: 'image', value: 5 }] }
    expect(await validate(request, [never])).toEqual(refuse('variable "image": expected string'))
  })

  it('says why a required variable was not sent', async () => {
    const variables = defineVariables({ image: variable(v.string(), { required: true }) })
    const call = { request: { items: [worker('md-0')] }, log: silent, signal }
    const check = checkTemplate(Machines, () => {})
    expect(await validateTemplates(call, { variables }, [check])).toEqual(
      refuse(
        'variable "image": required, but not sent: the controller sends the variables of the ClusterClass\'s last patch, so make this extension\'s patch the last',
      ),
    )
  })

  it('is there for an unknown type when asked for', async () => {
    const unknown = worker('md-0', configRef, { object: object('example.com/v9', 'Unknown') })
    expect(await validate({ items: [unknown] }, [never])).toBeUndefined()
    expect(await validate({ items: [unknown] }, [], { unknownTypes: 'fail' })).toEqual(
      refuse(
        `Unknown example.com/v9 of MachineDeployment default/demo-md-0-x7k2p (${configRef}): this extension knows no such type`,
      ),
    )
  })
})

describe('a bug of a check', () => {
  const request = { items: [worker('md-0')] }
  const broken = () => {
    throw new TypeError('Cannot read properties of undefined')
  }

  it('rejects, named with the template, or as a check of the topology', async () => {
    const where = `MachineTemplate example.com/v1 of MachineDeployment default/demo-md-0-x7k2p (${infrastructureRef})`
    const message = ': Cannot read properties of undefined'
    await expect(validate(request, [checkTemplate(Machines, broken)])).rejects.toThrow(
      where + message,
    )
    await expect(validate(request, [checkTopology(broken)])).rejects.toThrow(
      `checkTopology${message}`,
    )
  })

  it.each([
    ['false', 'false'],
    ['a Failure without a message', '{"status":"Failure"}'],
  ])('is to return %s', async (_, returned) => {
    const wrong = () => JSON.parse(returned)
    for (const check of [checkTemplate(Machines, wrong), checkTopology(wrong)] satisfies Checks)
      await expect(validate(request, [check])).rejects.toThrow(
        /: a check function returns nothing or \{ status: 'Failure', message \}$/,
      )
  })
})

describe('the report of what matches nothing', () => {
  afterEach(() => vi.restoreAllMocks())

  it('names checks', async () => {
    const said: string[] = []
    vi.spyOn(console, 'warn').mockImplementation((message) => said.push(message))
    const Misspelt = templateType('example.com/v1', 'MachineTemplat')
    for (let call = 0; call < 2; call++)
      await validate({ items: [worker('md-0')] }, [checkTemplate(Misspelt, () => {})])
    expect(said).toEqual([
      'The check for MachineTemplat example.com/v1 has matched no template so far. Nearest is MachineTemplate example.com/v1 of MachineDeployment demo-md-0-x7k2p of class md-0-class.',
    ])
  })
})

it.each(recordedOf('ValidateTopology').map(({ file, request }) => [file, request] as const))(
  'walks what the controllers send: %s',
  async (_, recorded) => {
    const variables = defineVariables({ imageRepository: variable(v.string()) })
    const DevMachineTemplate = templateType<{ spec: object }>(
      'infrastructure.cluster.x-k8s.io/v1beta2',
      'DevMachineTemplate',
    )
    const request = recorded as Request
    const versions: unknown[] = []
    const answer = await validateTemplates({ request, log: silent, signal }, { variables }, [
      checkTemplate(DevMachineTemplate, ({ variables, builtin, holder, templates }) => {
        const { version } = builtin.machineDeployment ?? builtin.controlPlane ?? {}
        versions.push([variables.imageRepository, typeof version, holder.topologyName])
        expect(templates.machineDeployments).toEqual(['md-0'])
      }),
    ])
    expect(answer).toBeUndefined()
    expect(versions).toEqual([
      ['kindest', 'string', undefined],
      ['kindest', 'string', 'md-0'],
    ])
  },
)
