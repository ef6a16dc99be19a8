import { type Definition, isTemplate } from './definitions.ts'
import { versionName } from './names.ts'
import { isOfEveryKind } from './objects.ts'
import type { Field, ObjectShape, Shape } from './shape.ts'
import {
  call,
  declaration,
  docComment,
  literal,
  propertyName,
  type Type,
  typeText,
} from './write.ts'

/** What is the same for all types of a module. */
export interface Writer {
  /** The name of an object's interface. */
  nameOf(shape: ObjectShape): string
  /** Whether descriptions become doc comments. */
  readonly descriptions: boolean
}

/** The types of a kind: an interface for each version, their union, and the value of a template. */
export function writeKind({ kind, group, versions }: Definition, writer: Writer): string[] {
  const isOne = versions.length === 1
  const nameOf = (version: string) => (isOne ? kind : kind + versionName(version))
  const interfaces = versions.map(({ name: version, shape, description }) => {
    const text = (writer.descriptions && description) || `${kind} in ${group}/${version}.`
    const comment = isOne ? text : withExample(text, guardOf(version))
    const fields = [
      constant('apiVersion', literal(`${group}/${version}`)),
      constant('kind', literal(kind)),
      constant('metadata', 'ObjectMetadata'),
      ...shape.fields.filter(({ name }) => !isOfEveryKind(name)),
    ]
    return writeInterface({ name: nameOf(version), comment, fields, open: shape.open }, writer)
  })
  const names = versions.map(({ name }) => nameOf(name))
  const comment = withExample(`${kind} in any version.`, guardOf(versions[0]?.name ?? ''))
  const union = `${docComment(comment)}${declaration(`export type ${kind} =`, { members: names })}\n`
  return [...interfaces, ...(isOne ? [] : [union]), ...(isTemplate(kind) ? [writeTemplate()] : [])]

  function guardOf(version: string): string[] {
    const name = versionName(version)
    return [
      `function is${name}(object: ${kind}): object is ${kind}${name} {`,
      `  return object.apiVersion === ${literal(`${group}/${version}`)}`,
      '}',
    ]
  }

  function writeTemplate(): string {
    const apiVersions = versions.map(({ name }) => literal(`${group}/${name}`))
    const comment = withExample(`${kind} for \`patchTemplate\`.`, [
      `patchTemplate(${kind}, ({ template }) => {`,
      "  template.spec.template.metadata = { labels: { team: 'a' } }",
      '})',
    ])
    const first = isOne ? apiVersions.join() : `[${apiVersions.join(', ')}]`
    const value = call(`export const ${kind} = templateType<${kind}>`, [first, literal(kind)])
    return `${docComment(comment)}${value}\n`
  }
}

const withExample = (text: string, lines: readonly string[]) =>
  [text, '', '@example', '```ts', ...lines, '```'].join('\n')

const constant = (name: string, text: string): Field => ({
  name,
  required: true,
  shape: { type: 'union', members: [text] },
  description: '',
})

/** An interface with the fields of an object. */
export function writeInterface(
  {
    name,
    comment,
    fields,
    open,
  }: { name: string; comment: string } & Omit<ObjectShape, 'type' | 'nullable'>,
  { nameOf, descriptions }: Writer,
): string {
  const properties = fields.map((field) => {
    const start = `${propertyName(field.name)}${field.required ? '' : '?'}:`
    const property = declaration(start, typeOf(field.shape, nameOf), '  ')
    return `${docComment(descriptions ? field.description : '', '  ')}${property}`
  })
  const others = open ? ['  [field: string]: unknown'] : []
  return `${docComment(comment)}export interface ${name} {\n${[...properties, ...others].join('\n')}\n}\n`
}

function typeOf(shape: Shape, nameOf: Writer['nameOf']): Type {
  const type = typeWithoutNull(shape, nameOf)
  if (!shape.nullable || type.members.includes('unknown')) return type
  return { members: [...(type.isList ? [typeText(type)] : type.members), 'null'] }
}

function typeWithoutNull(shape: Shape, nameOf: Writer['nameOf']): Type {
  if (shape.type === 'union') return { members: [...new Set(shape.members)] }
  if (shape.type === 'object') return { members: [nameOf(shape)] }
  const inner = typeOf(shape.of, nameOf)
  if (shape.type === 'map') return { members: [`Record<string, ${typeText(inner)}>`] }
  return { members: inner.isList ? [typeText(inner)] : inner.members, isList: true }
}
