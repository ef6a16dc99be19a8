import { globSync, readFileSync } from 'node:fs'

/** A block of code in a README. */
export interface Block {
  readonly readme: string
  readonly line: number
  readonly language: string
  /** From `<!-- block: id, run by file -->` before it. */
  readonly id: string | undefined
  readonly runBy: string | undefined
  readonly text: string
}

/** Every README of the project, from its root. */
export const readmes = globSync('{README.md,{src,scripts,manifests,test}/**/README.md}', {
  exclude: ['**/node_modules/**', 'src/cli/template/**'],
}).sort()

/** The blocks of a README. */
export function blocksOf(readme: string): Block[] {
  const content = readFileSync(readme, 'utf8')
  const pattern =
    /^(?:<!-- block: (?<id>[\w-]+), run by (?<runBy>\S+) -->\n)?```(?<language>\w*)\n(?<text>.*?)^```$/gms
  return [...content.matchAll(pattern)].map(({ groups = {}, index }) => ({
    readme,
    line: content.slice(0, index).split('\n').length,
    language: groups['language'] ?? '',
    id: groups['id'],
    runBy: groups['runBy'],
    text: groups['text'] ?? '',
  }))
}

/** The text of the block with this id. */
export function blockOf(readme: string, id: string): string {
  const found = blocksOf(readme).find((block) => block.id === id)
  if (!found) throw new Error(`${readme} has no block "${id}"`)
  return found.text
}
