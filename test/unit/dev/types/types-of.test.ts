import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { typesOf } from '../../../../src/dev/types/types-of.ts'
import { definition, list, map, object, text, withSpec } from './definition.ts'

const plain = { descriptions: false }

/** The line of a field in the types of a spec with this one field. */
function fieldOf(schema: object, required: string[] = []): string | undefined {
  const types = typesOf(definition('Machine', { v1: withSpec({ field: schema }, required) }), plain)
  return /interface MachineSpec \{\n {2}([^}]*)\n\}/.exec(types)?.[1]
}

it('writes the types of AWSMachineTemplate, which the example patches compiles', async () => {
  const example = '../../../examples/patches'
  const file = new URL(`${example}/aws-machine-templates.yaml`, import.meta.url)
  const source = 'aws-machine-templates.yaml'
  const types = typesOf(readFileSync(file, 'utf8'), { ...plain, source })
  await expect(types).toMatchFileSnapshot(`${example}/src/aws.ts`)
})

describe('a field', () => {
  it.each([
    ['a text', text, 'field?: string'],
    ['an integer', { type: 'integer', format: 'int64' }, 'field?: number'],
    ['a number', { type: 'number' }, 'field?: number'],
    ['a boolean', { type: 'boolean' }, 'field?: boolean'],
    [
      'an enum',
      { type: 'string', enum: ['', "it's", 'say "a"'] },
      `field?: '' | "it's" | 'say "a"'`,
    ],
    ['an enum of numbers', { type: 'integer', enum: [1, 2] }, 'field?: 1 | 2'],
    [
      'an enum that stands twice',
      { type: 'string', allOf: [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }] },
      "field?: 'b'",
    ],
    [
      'an enum with null',
      { type: 'string', enum: ['a', null], nullable: true },
      "field?: 'a' | null",
    ],
    ['a list', list(text), 'field?: string[]'],
    ['a list of choices', list({ enum: ['a', 'b'] }), "field?: ('a' | 'b')[]"],
    ['a list of lists', list(list(text)), 'field?: string[][]'],
    ['a list that can be null', { ...list(text), nullable: true }, 'field?: string[] | null'],
    ['a list of nulls', list({ ...text, nullable: true }), 'field?: (string | null)[]'],
    ['a map', map(text), 'field?: Record<string, string>'],
    ['a map of lists', map(list(text)), 'field?: Record<string, string[]>'],
    [
      'a map of anything',
      { type: 'object', additionalProperties: true },
      'field?: Record<string, unknown>',
    ],
    [
      'an int-or-string',
      { anyOf: [{ type: 'integer' }, text], 'x-kubernetes-int-or-string': true },
      'field?: number | string',
    ],
    ['unknown', { 'x-kubernetes-preserve-unknown-fields': true }, 'field?: unknown'],
    [
      'an object that keeps all fields',
      { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      'field?: Record<string, unknown>',
    ],
    ['an object that keeps no field', { type: 'object' }, 'field?: Record<string, never>'],
    ['an object', object({ a: text }), 'field?: Field'],
    ['a list of objects', list(object({ a: text })), 'field?: Field[]'],
  ])('can be %s', (_, schema, line) => {
    expect(fieldOf(schema)).toBe(line)
  })

  it('is required when the schema says so', () => {
    expect(fieldOf(text, ['field'])).toBe('field: string')
  })

  it('has its choices in lines of their own when one line is too long', () => {
    const choices = ['a', 'b'].map((letter) => letter.repeat(50))
    const lines = choices.map((choice) => `    | '${choice}'`).join('\n')
    expect(fieldOf({ enum: choices })).toBe(`field?:\n${lines}`)
    expect(fieldOf(list({ enum: choices }))).toBe(`field?: (\n${lines}\n  )[]`)
  })
})

describe('an object', () => {
  it('can have fields that the schema does not name', () => {
    const open = { ...object({ a: text }), 'x-kubernetes-preserve-unknown-fields': true }
    expect(typesOf(definition('Machine', { v1: withSpec({ open }) }), plain)).toContain(
      'export interface Open {\n  a?: string\n  [field: string]: unknown\n}\n',
    )
  })

  it('that is embedded has what every object has', () => {
    const embedded = { type: 'object', 'x-kubernetes-embedded-resource': true }
    expect(typesOf(definition('Machine', { v1: withSpec({ embedded }) }), plain)).toContain(
      'export interface Embedded {\n  apiVersion: string\n  kind: string\n  [field: string]: unknown\n}\n',
    )
  })

  it('has names in quotes where TypeScript needs them', () => {
    expect(
      typesOf(definition('Machine', { v1: withSpec({ 'a-b': text, c: text }) }), plain),
    ).toContain("  'a-b'?: string\n  c?: string\n")
  })
})

describe('a kind', () => {
  const types = typesOf(definition('Machine', { v1: withSpec({ a: text }) }), plain)

  it('has its apiVersion and kind as they are, and metadata', () => {
    expect(types).toContain(
      "export interface Machine {\n  apiVersion: 'example.com/v1'\n  kind: 'Machine'\n  metadata: ObjectMetadata\n  spec: MachineSpec\n}\n",
    )
  })

  it('that is no template needs nothing of the toolkit', () => {
    expect(types).not.toContain('import')
    expect(types).not.toContain('templateType')
  })

  it('has a type for all its versions', () => {
    const schemas = { v1beta1: withSpec({ a: text }), v1beta2: withSpec({ b: text }) }
    const both = typesOf(definition('Machine', schemas), plain)
    expect(both).toContain('export type Machine = MachineV1Beta1 | MachineV1Beta2\n')
    expect(both).toContain('  spec: MachineSpecV1Beta2\n')
  })
})

describe('a template', () => {
  const template = object({ spec: object({ template: object({ spec: object({ a: text }) }) }) })

  it('is a value for patchTemplate', () => {
    const types = typesOf(definition('MachineTemplate', { v1: template }), plain)
    expect(types).toContain("import { templateType } from 'capi-extension/topology'\n")
    expect(types).toContain(
      "export const MachineTemplate = templateType<MachineTemplate>('example.com/v1', 'MachineTemplate')\n",
    )
  })

  it('is one value for all its versions', () => {
    const types = typesOf(definition('MachineTemplate', { v1: template, v2: template }), plain)
    expect(types).toContain(
      "export const MachineTemplate = templateType<MachineTemplate>(\n  ['example.com/v1', 'example.com/v2'],\n  'MachineTemplate',\n)\n",
    )
  })

  it('always has spec.template, without which Cluster API cannot clone it', () => {
    const types = typesOf(definition('MachineTemplate', { v1: template }), plain)
    expect(types).toContain('  spec: MachineTemplateSpec\n')
    expect(types).toContain('  template: MachineTemplateResource\n')
    expect(types).toContain('  spec?: MachineTemplateResourceSpec\n')
  })
})

describe('names', () => {
  const namesOf = (...definitions: string[]) =>
    typesOf(definitions.join('---\n'), plain)
      .matchAll(/^export interface (\w+)/gm)
      .map(([, name]) => name)
      .filter(
        (name) => !/^(Machine|Cluster)(Spec)?$|^ObjectMetadata|^OwnerReference/.test(name ?? ''),
      )
      .toArray()
  const [one, other] = [object({ a: text }), object({ b: text })]

  it('are those of the fields, of one in a list', () => {
    const spec = { disk: one, files: list(one), policies: list(one), addresses: map(one) }
    expect(namesOf(definition('Machine', { v1: withSpec(spec) }))).toEqual([
      'Disk',
      'File',
      'Policy',
      'Address',
    ])
  })

  it('are the same for what is alike, in all kinds and versions', () => {
    const schemas = { v1: withSpec({ disk: one }), v2: withSpec({ disk: one, b: text }) }
    const names = namesOf(definition('Machine', schemas), definition('Cluster', schemas))
    expect(names.filter((name) => name === 'Disk')).toHaveLength(1)
  })

  it('have the version where that makes the difference', () => {
    const schemas = { v1beta1: withSpec({ disk: one }), v1beta2: withSpec({ disk: other }) }
    expect(namesOf(definition('Machine', schemas))).toEqual(
      expect.arrayContaining(['DiskV1Beta1', 'DiskV1Beta2']),
    )
  })

  it('have the field before where that makes the difference, but for the first', () => {
    const spec = { disk: one, backup: object({ disk: other }) }
    expect(namesOf(definition('Machine', { v1: withSpec(spec) }))).toEqual([
      'Disk',
      'Backup',
      'BackupDisk',
    ])
  })

  it('have the kind where nothing else makes the difference', () => {
    const machine = definition('Machine', { v1: withSpec({ disk: one }) })
    const cluster = definition('Cluster', { v1: withSpec({ disk: other }) })
    expect(namesOf(machine, cluster)).toEqual(['MachineSpecDisk', 'ClusterSpecDisk'])
  })

  it('differ from those of kinds, and from those of TypeScript', () => {
    const names = namesOf(definition('Machine', { v1: withSpec({ machine: one, record: other }) }))
    expect(names).toEqual(['SpecMachine', 'SpecRecord'])
  })

  it('differ where fields differ only in their signs', () => {
    const names = namesOf(definition('Machine', { v1: withSpec({ 'a-b': one, aB: other }) }))
    expect(names).toEqual(['MachineSpecAB1', 'MachineSpecAB2'])
  })
})

describe('descriptions', () => {
  const disk = {
    ...object({ size: { ...text, description: 'In GiB.' } }),
    description: 'A\n*/disk',
  }
  const yaml = definition('Machine', { v1: { ...withSpec({ disk }), description: 'A machine.' } })

  it('become doc comments', () => {
    const types = typesOf(yaml)
    expect(types).toContain('/** A machine. */\nexport interface Machine {\n')
    expect(types).toContain('  /**\n   * A\n   * *\\/disk\n   */\n  disk?: Disk\n')
    expect(types).toContain('  /** In GiB. */\n  size?: string\n')
  })

  it('can be left out', () => {
    expect(typesOf(yaml, plain)).not.toMatch(/GiB|machine\./)
  })
})
