// Writes the tables of the README that derive from the code; a test fails when they are out of date.
import { readFileSync, writeFileSync } from 'node:fs'
import { contracts } from '../src/contract/index.ts'
import { hooks } from '../src/hooks/index.ts'
import { rulesMarkdown } from '../src/simulator/rules/table.ts'

const path = new URL('../README.md', import.meta.url)

/** The README with its generated parts made anew. */
export function generate(readme: string): string {
  return replacePart(replacePart(readme, 'hooks', hookTable()), 'rules', rulesMarkdown())
}

function hookTable(): string {
  const rows = contracts.map(({ hook, blocking, summary }) => {
    const names = hooks.filter(({ contract }) => contract.hook === hook).map(({ name }) => name)
    const files = names.map((name) => `[\`${name}\`](src/hooks/${name}.ts)`).join(', ')
    return `| ${hook} | ${files} | ${blocking ? 'yes' : ''} | ${summary} |`
  })
  return ['| hook | handler | can block | when |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

function replacePart(text: string, name: string, content: string): string {
  const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`]
  const [before, rest] = text.split(begin)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined)
    throw new Error(`README.md lacks ${begin} … ${end}`)
  return `${before}${begin}\n${content}\n${end}${after}`
}

if (import.meta.main) writeFileSync(path, generate(readFileSync(path, 'utf8')))
