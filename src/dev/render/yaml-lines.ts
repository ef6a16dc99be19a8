import { dump } from 'js-yaml'
import { isObject } from '../../json/json.ts'
import { joinPath } from '../../json/path.ts'

/** A line of YAML, and the path of what it says. */
export interface YamlLine {
  readonly text: string
  /** Keys and indexes from the root. */
  readonly path: readonly (string | number)[]
}

/** A value as kubectl prints it: keys in order, lists as far to the left as their key. */
export function yamlLines(value: unknown, path: YamlLine['path'] = []): YamlLine[] {
  if (Array.isArray(value) && value.length > 0)
    return value.flatMap((item, index) => {
      const lines = yamlLines(item, [...path, index])
      return lines.map((line, i) => ({ ...line, text: `${i === 0 ? '- ' : '  '}${line.text}` }))
    })
  if (isObject(value) && Object.keys(value).length > 0)
    return Object.keys(value)
      .toSorted()
      .flatMap((key) => fieldLines(key, value[key], [...path, key]))
  return scalar(value).map((text) => ({ text, path }))
}

function fieldLines(key: string, value: unknown, path: YamlLine['path']): YamlLine[] {
  const name = scalar(key).join(' ')
  const lines = yamlLines(value, path)
  const isNested = (isObject(value) || Array.isArray(value)) && lines[0]?.path !== path
  if (isNested) {
    const before = Array.isArray(value) ? '' : '  '
    return [
      { text: `${name}:`, path },
      ...lines.map((line) => ({ ...line, text: `${before}${line.text}` })),
    ]
  }
  return lines.map(({ text }, index) => ({
    text: index === 0 ? `${name}: ${text}` : text,
    path,
  }))
}

// The end of a document stands behind texts that end with several new lines.
function scalar(value: unknown): string[] {
  const lines = dump(value, { lineWidth: -1 }).trimEnd().split('\n')
  return lines.at(-1) === '...' ? lines.slice(0, -1) : lines
}

/** A path as people write it: `spec.files[0].path`. */
export function pathText(path: YamlLine['path']): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : joinPath(text, key)),
    '',
  )
}
