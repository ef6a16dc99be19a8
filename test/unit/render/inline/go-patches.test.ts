import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Variable } from '../../../../src/contract/topology.ts'
import type { JsonObject } from '../../../../src/json/json.ts'
import { generateInlinePatches, InlinePatchError } from '../../../../src/render/inline/index.ts'
import type { ItemOfRequest } from '../../../../src/rules/patches.ts'

interface Case {
  name: string
  patch: JsonObject
  items: ItemOfRequest[]
  variables: Variable[]
  answer?: { uid: string; patch: unknown }[]
  error?: string
}

// One patch a line, with what Cluster API v1.14.2 makes of it: made by go-patches.go. Lines without
// templates or variables have those of the first line.
const [shared, ...cases]: Case[] = readFileSync(
  new URL('go-patches.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))

function generate({ patch, ...own }: Case) {
  const items = own.items ?? shared?.items ?? []
  return generateInlinePatches(patch, items, own.variables ?? shared?.variables ?? [])
}
const decode = (base64: string): unknown => JSON.parse(Buffer.from(base64, 'base64').toString())
const caseOf = (name: string) => {
  const found = cases.find((one) => one.name === name)
  if (found === undefined) throw new Error(`no case ${name}`)
  return found
}

describe('an inline patch', () => {
  it.each(cases.filter(({ error }) => error === undefined))(
    'makes the patches that Cluster API makes: $name',
    (one) => {
      const { answer } = generate(one)
      const patches = answer.items.map(({ uid, patch }) => ({ uid, patch: decode(patch) }))
      expect(patches).toEqual(one.answer ?? [])
      expect(new Set(answer.items.map(({ patchType }) => patchType))).toEqual(
        new Set(patches.length > 0 ? ['JSONPatch'] : []),
      )
    },
  )

  it.each(cases.filter(({ error }) => error !== undefined))(
    'is refused as Cluster API refuses it: $name',
    (one) => {
      expect(() => generate(one)).toThrow(InlinePatchError)
    },
  )

  it('was compared with Cluster API in both ways', () => {
    expect(cases.filter(({ error }) => error === undefined).length).toBeGreaterThan(80)
    expect(cases.filter(({ error }) => error !== undefined).length).toBeGreaterThan(30)
  })

  it('tells which templates it selects, whether it is enabled or not', () => {
    const uids = ['cp', 'mdi', 'gpui']
    expect(generate(caseOf('enabledIf: a template that is true'))).toMatchObject({
      matched: uids,
      enabled: true,
    })
    const disabled = generate(caseOf('enabledIf: a template that is false'))
    expect(disabled).toEqual({ answer: { items: [] }, matched: uids, enabled: false })
    const forOne = generate(caseOf('enabledIf: a size of one template'))
    expect(forOne).toMatchObject({ matched: uids, enabled: true })
    expect(forOne.answer.items.map(({ uid }) => uid)).toEqual(['gpui'])
    expect(generate(caseOf('another kind'))).toMatchObject({ matched: [], enabled: true })
  })
})

describe('the error of an inline patch', () => {
  const messageOf = (one: Case) => {
    try {
      return String(generate(one))
    } catch (error) {
      return error instanceof InlinePatchError ? [error.message, error.isUnknown] : error
    }
  }

  it('names the patch, its places, the templates and what is wrong', () => {
    expect(messageOf(caseOf('problems of several templates'))).toEqual([
      'patch "p": definitions[0].jsonPatches[0] for KubeadmControlPlaneTemplate: variable "missing" does not exist: it has no "missing"; ' +
        `definitions[1].jsonPatches[0] for DockerMachineTemplate: line 1: {{ .size.x }}: can't evaluate field x in type string`,
      false,
    ])
  })

  it('says when it is not known what the patch makes', () => {
    const { items } = caseOf('only builtin variables of the template')
    const patch = { name: 'certificates', enabledIf: '{{ genCA "a" 1 }}' }
    const definitions = caseOf('a variable of the template wins').patch['definitions']
    const one = { name: '', patch: { ...patch, definitions }, items, variables: [] }
    expect(messageOf(one)).toEqual([
      'patch "certificates": enabledIf for DockerMachineTemplate: not known here: line 1: {{ genCA "a" 1 }}: the function genCA',
      true,
    ])
  })
})
