// Names of the objects of a Cluster (internal/topology/names/names.go).

const random = 'xxxxx'
const maximumLength = 63

/** The values of a template of names, by their path in it. */
export type NameValues = Readonly<Record<string, string>>

/**
 * A name as the controller generates it, with `xxxxx` in place of what is random. Gives undefined for a template with
 * more in it than values.
 */
export function generatedName(template: string, values: NameValues): string | undefined {
  const name = template.replaceAll(/\{\{-?\s*(\.[\w.]+)\s*-?\}\}/g, (action, path: string) =>
    path === '.random' ? random : (values[path.slice(1)] ?? action),
  )
  if (name.includes('{{')) return undefined
  return name.length > maximumLength ? simpleName(name) : name
}

/** A name that begins so and ends with what is random. */
export function simpleName(prefix: string): string {
  return `${prefix.slice(0, maximumLength - random.length)}${random}`
}
