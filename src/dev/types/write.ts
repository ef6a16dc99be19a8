const width = 100

/**
 * A type behind what it belongs to, such as `name?:` or `export type Name =`: with one member of
 * its union a line where one line is too long.
 */
export function declaration(start: string, type: Type, indent = ''): string {
  const { members, isList } = type
  const [before, after] = isList ? [' (', `\n${indent})[]`] : ['', '']
  const line = `${indent}${start} ${typeText(type)}`
  if (line.length <= width || members.length === 1) return line
  const lines = members.map((member) => `\n${indent}  | ${member}`)
  return `${indent}${start}${before}${lines.join('')}${after}`
}

/** The members of a union, or of the union that a list is of. */
export interface Type {
  readonly members: readonly string[]
  readonly isList?: boolean
}

/** A type in one line. */
export function typeText({ members, isList = false }: Type): string {
  const text = members.join(' | ')
  if (!isList) return text
  return members.length > 1 ? `(${text})[]` : `${text}[]`
}

/** A call with one argument a line where one line is too long. */
export function call(start: string, args: readonly string[]): string {
  const line = `${start}(${args.join(', ')})`
  return line.length <= width
    ? line
    : [`${start}(`, ...args.map((arg) => `  ${arg},`), ')'].join('\n')
}

/** A doc comment; nothing for an empty text. */
export function docComment(text: string, indent = ''): string {
  const lines = text.trim().replaceAll('*/', '*\\/').split('\n')
  const [first = ''] = lines
  if (first === '') return ''
  if (lines.length === 1) return `${indent}/** ${first} */\n`
  const inner = lines.map((line) => `${indent} * ${line}`.trimEnd())
  return `${[`${indent}/**`, ...inner, `${indent} */`].join('\n')}\n`
}

/** A property's name, quoted where it must be. */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name)
}

/** A JSON value as it stands in a type. */
export function literal(value: unknown): string {
  const json = JSON.stringify(value)
  if (typeof value !== 'string' || (value.includes("'") && !value.includes('"'))) return json
  return `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}
