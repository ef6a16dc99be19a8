import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readCustomResources } from '../../../../src/dev/crds/read-custom-resources.ts'
import { cases, definition, type Verdict } from './cases.ts'

// One object a line, with what kube-apiserver v1.37 says of it: creating it, and applying it on the server's
// side. test/manifests/crds.test.ts makes and compares the file.
const verdicts: { name: string; created: Verdict; applied: Verdict }[] = readFileSync(
  new URL('verdicts.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))

// The API server takes them, and drops the field without a word.
const dropped = ['an unknown field below an open object', 'an object in a map of anything']

// The server sets its own.
const set = 'a creationTimestamp of null'

const folder = mkdtempSync(join(tmpdir(), 'crds-'))
afterAll(() => rmSync(folder, { recursive: true }))
writeFileSync(join(folder, 'widget.yaml'), definition)
const resources = await readCustomResources(folder)

it('every object has a verdict', () => {
  expect(verdicts.map(({ name }) => name)).toEqual(Object.keys(cases))
})

describe.each(verdicts)('$name', ({ name, created, applied }) => {
  const object = cases[name] ?? {}
  if (created.stored && ![...dropped, set].includes(name))
    it('is completed as the API server stores it', () => {
      expect(resources.complete(object)).toEqual(created.stored)
    })

  it('is taken or refused as by the API server', () => {
    const problems = resources.check(object)
    if (applied.stored) {
      expect(problems.length).toBe(dropped.includes(name) ? 1 : 0)
      return
    }
    expect(problems.length).toBeGreaterThan(0)
    const places = applied.refused.replaceAll(/\[(\d+|\w+=[^\]]*)\]/g, '')
    for (const { path } of problems) expect(places).toContain(path.replaceAll(/\[\d+\]/g, ''))
  })
})
