import { readFileSync } from 'node:fs'
import { parseHTML } from 'linkedom'
import { beforeAll, expect, it } from 'vitest'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
const diagrams = [...readme.matchAll(/^```mermaid\n(.*?)^```$/gms)].map(
  ([, diagram]) => diagram ?? '',
)

// Mermaid cleans labels with the DOM of a browser, before it parses them.
beforeAll(() => {
  const { window, document, Element, DocumentFragment, Node, NodeFilter } =
    parseHTML('<html></html>')
  Object.assign(globalThis, { window, document, Element, DocumentFragment, Node, NodeFilter })
})

it('has three diagrams', () => expect(diagrams).toHaveLength(3))

it.each(diagrams.map((diagram) => [diagram.split('\n')[0], diagram]))(
  '%s is one to mermaid',
  async (_, diagram) => {
    const { default: mermaid } = await import('mermaid')
    await expect(mermaid.parse(diagram ?? '')).resolves.toBeTruthy()
    await expect(mermaid.parse(`${diagram}\n  broken -->`)).rejects.toThrow(/[Pp]arse/)
  },
)
