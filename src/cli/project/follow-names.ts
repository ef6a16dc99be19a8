import { StartError } from '../../messages/start-error.ts'
import type { Names } from './names.ts'

// A word, and the comment that says how it is made: my-extension-root # ${name}-root
const marked = /(?<word>\S+)(?<mark>\s+# (?<formula>\S*\$\{\S*)\s*)$/
const part = /\$\{(\w*)\}/g

/**
 * Writes names into the lines of a manifest that end in a comment such as `# ${name}-root`. No other line changes: a
 * line says itself whose name it has, so that nothing is guessed from what it holds.
 *
 * @param path Of the manifest, for messages.
 * @throws StartError A comment asks for something that is no name.
 */
export function followNames(text: string, names: Names, path: string): string {
  const known = new Map(Object.entries(names).map(([key, name]) => [`\${${key}}`, String(name)]))
  return text
    .split('\n')
    .map((line, index) => {
      const { word, mark, formula } = marked.exec(line)?.groups ?? {}
      if (word === undefined || mark === undefined || formula === undefined) return line
      const made = formula.replace(part, (reference) => {
        const name = known.get(reference)
        if (name !== undefined) return name
        throw new StartError(
          `${path}:${index + 1}: ${reference} is none of ${[...known.keys()].join(', ')}`,
        )
      })
      return line.slice(0, -(word.length + mark.length)) + made + mark
    })
    .join('\n')
}
