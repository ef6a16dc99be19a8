import { readFileSync } from 'node:fs'
import { applyPatch, type Operation } from 'rfc6902'
import { expect, it } from 'vitest'
import generatePatches from '../../../src/hooks/generate-patches.ts'
import { isObject } from '../../../src/json.ts'
import { run } from '../../recorded/recorded.ts'

interface GoAnswer {
  name: string
  variables: object[] | null
  item: { holderReference: { kind: string }; object: object; variables: object[] | null }
  status: string
  object?: { metadata: object; spec: object }
}

// One request a line, with what the handler of Cluster API's test extension v1.14.2
// (topologymutation.GeneratePatches), called for this, made of the template; without the empty
// objects and nulls that Go's structs add. The recorded requests hold no Docker machines, no
// MachinePools and no v1beta1 templates.
const answers: GoAnswer[] = readFileSync(new URL('go-answers.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))

it.each(answers)('makes of $name what Go makes', async ({ variables, item, status, object }) => {
  const answer = await run(generatePatches, { variables, items: [{ uid: 'a', ...item }] })
  expect(answer.status).toBe(status)
  if (!object) {
    expect(answer['items']).toBeUndefined()
    return
  }
  const made = withoutEmpty(patched(item.object, answer['items']))
  // For MachinePools Go sets metadata that the controller drops.
  const isDropped = item.holderReference.kind === 'MachinePool'
  const metadata = isDropped && 'metadata' in item.object ? item.object.metadata : object.metadata
  expect(made).toEqual({ ...object, metadata })
})

function patched(object: object, items: unknown): unknown {
  const copy = structuredClone(object)
  for (const { patch } of Array.isArray(items) ? items : []) {
    const operations: Operation[] = JSON.parse(Buffer.from(patch, 'base64').toString())
    expect(applyPatch(copy, operations).filter(Boolean)).toEqual([])
  }
  return copy
}

function withoutEmpty(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withoutEmpty)
  if (!isObject(json)) return json
  const entries = Object.entries(json).map(([key, value]) => [key, withoutEmpty(value)] as const)
  return Object.fromEntries(
    entries.filter(([, value]) => !isObject(value) || Object.keys(value).length > 0),
  )
}
