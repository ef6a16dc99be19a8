import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { getVariable } from '../../../src/topology/variable-values.ts'
import { silent } from '../../support/silent.ts'
import {
  builtin,
  documents,
  holder,
  infrastructureRef,
  item,
  object,
  patchMachines,
  setImage,
  walk,
} from './walk.ts'

describe('a Failure', () => {
  it('comes from a patch, and stops its template', async () => {
    const message = 'No image for this version'
    const fail = patchMachines(() => ({ status: 'Failure', message }))
    const never = patchMachines(() => {
      throw new Error('was called')
    })
    const answer = await walk({ items: [item('a')] }, [fail, never])
    expect(answer).toEqual({ status: 'Failure', message })
  })

  // Each would let a topology pass that the patch meant to refuse.
  it.each([
    ['false', 'false'],
    ['a string', '"not allowed"'],
    ['null', 'null'],
    ['a Failure without a message', '{"status":"Failure"}'],
    ['a Failure with an empty one', '{"status":"Failure","message":""}'],
    ['a misspelt Failure', '{"status":"failure","message":"No"}'],
  ])('cannot be %s', async (_, returned) => {
    // Past the compiler, as a JavaScript author might.
    const patch = patchMachines(() => JSON.parse(returned))
    await expect(walk({ items: [item('a')] }, [patch])).rejects.toThrow(
      /: a patch function returns nothing or \{ status: 'Failure', message \}$/,
    )
  })

  it('is the same whatever the order of the request', async () => {
    const fail = patchMachines(({ template }) => ({
      status: 'Failure',
      message: `No image for ${template.metadata.name}`,
    }))
    const items = ['b', 'a', 'c'].map((uid) => item(uid))
    const expected = { status: 'Failure', message: 'No image for a' }
    expect(await walk({ items }, [fail])).toEqual(expected)
    expect(await walk({ items: items.toReversed() }, [fail])).toEqual(expected)
  })

  it.each([
    ['variable "tags": [0]: expected string', { name: 'tags', value: [5] }],
    ['variable "image": expected string', { name: 'image', value: { secret: 1 } }],
  ])('says %s', async (message, value) => {
    const expected = { status: 'Failure', message }
    const patches = [setImage('new')]
    expect(await walk({ items: [item('a')], variables: [value] }, patches)).toEqual(expected)
    expect(await walk({ items: [item('a', { variables: [value] })] }, patches)).toEqual(expected)
  })

  it('says what is wrong with a variable that a patch looks up', async () => {
    const patch = patchMachines(({ values, builtin }) => {
      getVariable(values, 'other.a', v.number())
      return builtin.cluster ? undefined : { status: 'Failure', message: 'never' }
    })
    const failure = async (...variables: { name: string; value: unknown }[]) =>
      (await walk({ items: [item('a')], variables }, [patch])) as { message?: string }
    expect((await failure({ name: 'other', value: { a: 'x' } })).message).toBe(
      'variable "other.a": expected number',
    )
    expect((await failure(builtin({ cluster: { name: 5 } }))).message).toBe(
      'variable "builtin": cluster.name: expected string',
    )
  })

  describe('for an unknown type', () => {
    const unknown = item('a', { object: object('example.com/v3', 'OtherTemplate') })

    it('is there only when asked for', async () => {
      expect(await walk({ items: [unknown] }, [setImage('new')])).toEqual({ items: [] })
      expect(await walk({ items: [unknown] }, [setImage('new')], { unknownTypes: 'fail' })).toEqual(
        {
          status: 'Failure',
          message:
            'OtherTemplate example.com/v3 of MachineDeployment default/demo (spec.template.spec.infrastructureRef): this extension knows no such type',
        },
      )
    })

    it('is always there for another version of a type that a patch is for, unless it is named', async () => {
      const items = [item('a', { object: object('example.com/v3', 'MachineTemplate') })]
      expect(await walk({ items }, [setImage('new')])).toEqual({
        status: 'Failure',
        message:
          'MachineTemplate example.com/v3 of MachineDeployment default/demo (spec.template.spec.infrastructureRef): this extension has a patch for example.com/v1 alone, add this version to it or to knownTypes',
      })
      const knownTypes = { 'example.com/v3': ['MachineTemplate'] }
      expect(await walk({ items }, [setImage('new')], { knownTypes })).toEqual({ items: [] })
      const ofOtherGroup = [item('a', { object: object('example.org/v3', 'MachineTemplate') })]
      expect(await walk({ items: ofOtherGroup }, [setImage('new')])).toEqual({ items: [] })
    })

    it('is not there for types that are named', async () => {
      const options = { unknownTypes: 'fail' } as const
      const known = (kinds: Record<string, string[]>) =>
        walk({ items: [unknown] }, [], { ...options, knownTypes: kinds })
      expect(await known({ 'example.com/v3': ['Other', 'OtherTemplate'] })).toEqual({ items: [] })
      expect(await known({ 'example.com/v3': ['Other'] })).toHaveProperty('status', 'Failure')
      expect(await known({ 'example.com/v1': ['OtherTemplate'] })).toHaveProperty(
        'status',
        'Failure',
      )
    })
  })
})

describe('a bug of a patch', () => {
  const where =
    'MachineTemplate example.com/v1 of MachinePool default/demo (spec.template.spec.infrastructureRef): '
  const items = [item('a', { holderReference: holder('MachinePool', infrastructureRef) })]

  it('rejects, named with the template', async () => {
    const cause = new TypeError('Cannot read properties of undefined')
    const broken = patchMachines(() => {
      throw cause
    })
    await expect(walk({ items }, [broken])).rejects.toThrow(where + cause.message)
    await expect(walk({ items }, [broken])).rejects.toHaveProperty('cause', cause)
  })

  it.each(['JSONPatch', 'JSONMergePatch'] as const)(
    'is a change that is dropped, as %s',
    async (patchType) => {
      const patch = patchMachines(({ template }) => {
        template.metadata.labels = { a: 'b' }
      })
      await expect(walk({ items }, [patch], { patchType })).rejects.toThrow(
        `${where}Cluster API would drop the change of /metadata/labels/a in silence`,
      )
      expect(await documents(walk({ items: [item('a')] }, [patch], { patchType }))).toHaveLength(1)
    },
  )

  it('is a change that is no JSON', async () => {
    const patch = patchMachines(({ template }) => {
      Object.assign(template.spec.template.spec, { image: Number.NaN })
    })
    await expect(walk({ items }, [patch])).rejects.toThrow('/spec/template/spec/image plain JSON?')
  })
})

it('lets others have their turn in a large request, and ends when nobody listens any more', async () => {
  const items = Array.from({ length: 2000 }, (_, index) => item(`${index}`))
  const controller = new AbortController()
  let patched = 0
  const count = patchMachines(() => {
    patched++
  })
  const walking = walk({ items }, [count], {}, silent, controller)
  setImmediate(() => controller.abort(new Error('the controller has gone')))
  await expect(walking).rejects.toThrow('the controller has gone')
  expect(patched).toBeLessThan(2000)
})
