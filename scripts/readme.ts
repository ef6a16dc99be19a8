// Writes the tables of the READMEs that derive from the code; a test fails when they are out of date.
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { contracts } from '../src/contract/index.ts'
import { hooks } from '../src/hooks/index.ts'
import { rulesMarkdown } from '../src/rules/table.ts'

/** A README with its generated parts made anew. */
export function generate(readme: string): string {
  const results = readFileSync(new URL('../test/bench/results.md', import.meta.url), 'utf8')
  const parts = {
    hooks: hookTable(),
    rules: rulesMarkdown(),
    goals: partOf(results, 'goals'),
    fleet: partOf(results, 'fleet'),
  }
  return Object.entries(parts).reduce(
    (text, [name, content]) =>
      text.includes(beginOf(name)) ? replacePart(text, name, content) : text,
    readme,
  )
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
  const [before, , after] = split(text, name)
  return `${before}${beginOf(name)}\n${content}\n${endOf(name)}${after}`
}

const beginOf = (name: string) => `<!-- begin ${name} -->`
const endOf = (name: string) => `<!-- end ${name} -->`
const partOf = (text: string, name: string) => split(text, name)[1].trim()

function split(text: string, name: string): [before: string, part: string, after: string] {
  const [begin, end] = [beginOf(name), endOf(name)]
  const [before, rest] = text.split(begin)
  const [part, after] = rest?.split(end) ?? []
  if (before === undefined || part === undefined || after === undefined)
    throw new Error(`there is no ${begin} … ${end}`)
  return [before, part, after]
}

if (import.meta.main)
  for (const path of globSync('{README.md,{src,test}/**/README.md}'))
    writeFileSync(path, generate(readFileSync(path, 'utf8')))
