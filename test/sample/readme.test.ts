import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { generate } from '../../scripts/readme.ts'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

it('has tables that are up to date: else run "npm run fix"', () => {
  expect(readme).toBe(generate(readme))
})

it('links to files that are there', () => {
  const links = [...readme.matchAll(/\]\(((?!https?:|#)[^)#]+)/g)].map(([, path]) => path)
  expect(links.length).toBeGreaterThan(16)
  for (const link of links)
    expect(() => readFileSync(new URL(`../../${link}`, import.meta.url)), link).not.toThrow(
      /ENOENT/,
    )
})
