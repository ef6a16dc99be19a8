import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { generate } from '../../scripts/readme.ts'
import { readmes } from '../support/readme.ts'

it.each(readmes)('%s has tables that are up to date: else run "npm run fix"', (path) => {
  const readme = readFileSync(path, 'utf8')
  expect(readme).toBe(generate(readme))
})

it.each(readmes)('%s links to files that are there', (path) => {
  const readme = readFileSync(path, 'utf8')
  const links = [...readme.matchAll(/\]\(((?!https?:|#)[^)#]+)/g)].map(([, link]) => link ?? '')
  expect(links.filter((link) => !existsSync(join(dirname(path), link)))).toEqual([])
})
