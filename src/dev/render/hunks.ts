import { type ChangedLine, diffLines } from './diff-lines.ts'
import { pathText, type YamlLine, yamlLines } from './yaml-lines.ts'

/** Lines that change, with a few around them. */
export interface Hunk {
  /** Where all that changes is: `spec.template.spec.files[2]`. */
  readonly path: string
  readonly lines: readonly { readonly sign: ChangedLine<YamlLine>['sign']; readonly text: string }[]
}

const around = 2

/** The parts of two objects that differ, as lines of YAML. */
export function hunksOf(before: unknown, after: unknown): Hunk[] {
  const lines = diffLines(yamlLines(before), yamlLines(after))
  const isShown = lines.map((_, index) =>
    lines.slice(Math.max(0, index - around), index + around + 1).some(({ sign }) => sign !== ' '),
  )
  const hunks: ChangedLine<YamlLine>[][] = []
  for (const [index, line] of lines.entries()) {
    if (!isShown[index]) continue
    if (isShown[index - 1]) hunks.at(-1)?.push(line)
    else hunks.push([line])
  }
  return hunks.map(hunkOf)
}

function hunkOf(lines: readonly ChangedLine<YamlLine>[]): Hunk {
  const changed = lines.filter(({ sign }) => sign !== ' ').map(({ line }) => line.path)
  const shared = (changed[0] ?? []).filter((_, index, path) =>
    changed.every((other) => path.slice(0, index + 1).every((key, depth) => other[depth] === key)),
  )
  const indents = lines.map(({ line }) => line.text).filter((text) => text.trim() !== '')
  const indent = Math.min(...indents.map((text) => text.length - text.trimStart().length))
  return {
    path: pathText(shared),
    lines: lines.map(({ sign, line }) => ({ sign, text: line.text.slice(indent) })),
  }
}
