import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { expect, it } from 'vitest'

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && path.includes(sep))
  .map((path) => join('src', path))
const folderOf = (path: string) => relative('src', path).split(sep)[0] ?? ''

/** Which folders each folder below src imports from, with the files where it does. */
function importsOfFolders(): Map<string, Map<string, string>> {
  const imports = new Map<string, Map<string, string>>()
  for (const file of files)
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const [, from] = /^(?!\s*(?:\*|\/\/)).*(?:from|import\() ?'(\.[^']+)'/.exec(line) ?? []
      const target = from === undefined ? undefined : folderOf(join(dirname(file), from))
      if (target === undefined || target === folderOf(file)) continue
      const own = imports.get(folderOf(file)) ?? new Map<string, string>()
      imports.set(folderOf(file), own.set(target, file))
    }
  return imports
}

it('has no circle of folders', () => {
  const imports = importsOfFolders()
  expect(imports.size).toBeGreaterThan(10)
  // Takes away the folders that import nothing of the others, and those that no other imports. Circles stay.
  for (let before = -1; before !== imports.size; ) {
    before = imports.size
    const imported = new Set([...imports.values()].flatMap((targets) => [...targets.keys()]))
    for (const [folder, targets] of imports) {
      for (const target of targets.keys()) if (!imports.has(target)) targets.delete(target)
      if (targets.size === 0 || !imported.has(folder)) imports.delete(folder)
    }
  }
  expect(imports).toEqual(new Map())
})
