import { permissionHint } from '../request/permission.ts'

const header = /^(file:\/\/|node:|\/).*:\d+$/
const frame = /^ {4}at /
const pointer = /^\s*\^+$/

/** Whether a line is the first that Node prints of an exception that nobody caught. */
export const startsCrash = (line: string): boolean => header.test(line)

/**
 * What Node printed of an exception that nobody caught, for whoever edits the project in the folder: file and
 * line, what is wrong, and the source where Node shows it. Nothing of Node itself; for what the image forbids,
 * the flag that would allow it.
 */
export function describeCrash(printed: readonly string[], root: string): string {
  const end = printed.findIndex((line) => frame.test(line) || line.startsWith('Node.js v'))
  const before = end < 0 ? printed : printed.slice(0, end)
  const thrown = before.findLastIndex((line) => header.test(line))
  const rest = before.slice(thrown + 1)
  const pointed = rest.findIndex((line) => pointer.test(line))
  const length = pointed < 0 ? rest.indexOf('') : pointed + 1
  // Node may show a line of the source behind the mistake as well.
  const named = rest.findIndex((line, index) => index >= length && /^\w*Error\b/.test(line))
  const message = rest
    .slice(named < 0 ? length : named)
    .join('\n')
    .trim()
    .replace(/ \[ERR_\w+\]/, '')

  const shown = placeIn(before[thrown] ?? '', root)
  const places = printed.filter((line) => frame.test(line)).map((line) => placeIn(line, root))
  const place = places.find((found) => found !== undefined) ?? shown
  const source = place !== undefined && place === shown ? rest.slice(0, length) : []
  const text = permissionHint(propertiesOf(printed)).hint ?? message.replaceAll(`${root}/`, '')
  return [place === undefined ? text : `${place}: ${text}`, ...source].join('\n')
}

/** `file:line` from the root, when a line names one of the project's own files. */
function placeIn(line: string, root: string): string | undefined {
  const [, path = '', number] =
    /(?:file:\/\/)?(\/[^:()]*):(\d+)(?::\d+)?\)?(?: \{)?$/.exec(line) ?? []
  const own = path.startsWith(`${root}/`) && !path.includes('/node_modules/')
  return own ? `${path.slice(root.length + 1)}:${number}` : undefined
}

// Node prints them behind the stack: `  code: 'ERR_ACCESS_DENIED',`.
const propertiesOf = (printed: readonly string[]) =>
  Object.fromEntries(
    printed.flatMap((line) =>
      [...line.matchAll(/^ {2}(\w+): '(.*)',?$/g)].map((match) => match.slice(1)),
    ),
  )
