/** Every key path of a JSON value with the type of its value, such as `.cluster.spec.paused:boolean`. */
export function pathsIn(value: unknown, path = ''): string[] {
  if (Array.isArray(value))
    return [`${path}:array`, ...value.flatMap((item) => pathsIn(item, `${path}[]`))]
  if (typeof value !== 'object' || value === null)
    return [`${path}:${value === null ? 'null' : typeof value}`]
  const children = Object.entries(value).flatMap(([key, child]) => pathsIn(child, `${path}.${key}`))
  return [`${path}:object`, ...children]
}
