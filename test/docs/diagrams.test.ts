import { parseHTML } from 'linkedom'
import { beforeAll, expect, it } from 'vitest'
import { blocksOf, readmes } from '../support/readme.ts'

const diagrams = readmes
  .flatMap(blocksOf)
  .filter(({ language }) => language === 'mermaid')
  .map(({ text }) => text)

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
