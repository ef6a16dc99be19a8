import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import generatePatches from '../../src/hooks/generate-patches.ts'
import { callHook } from '../../src/testing/call-hook.ts'
import { recordedOf } from '../recorded/recorded.ts'
import { patched, withoutEmpty } from '../unit/topology/patched.ts'

interface GoAnswer {
  name: string
  variables: object[] | null
  item: {
    holderReference: { kind: string }
    object: { metadata: object }
    variables: object[] | null
  }
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
  const answer = await callHook(generatePatches, { variables, items: [{ uid: 'a', ...item }] })
  expect(answer.status).toBe(status)
  const items: { uid: string; patch: string }[] = Object.values(answer['items'] ?? [])
  if (!object) {
    expect(items).toEqual([])
    return
  }
  const made = items.reduce(
    (template, { patch }) => patched(template, patch),
    item.object as unknown,
  )
  // For MachinePools Go sets metadata that the controller drops.
  const { metadata } = item.holderReference.kind === 'MachinePool' ? item.object : object
  expect(withoutEmpty(made)).toEqual({ ...object, metadata })
})

// At each call the controllers send new uids, and the MachineDeployments in another order.
it('gives each template the same patch whatever its uid and place', async () => {
  const answersOf = async (items: object[], request: object) => {
    const uids = items.map(() => crypto.randomUUID())
    const sent = items.map((item, i) => ({ ...item, uid: uids[i] }))
    const answer = await callHook(generatePatches, { ...request, items: sent })
    const patches: { uid: string; patch: string }[] = Object.values(answer['items'] ?? [])
    expect(patches.map(({ uid }) => uid)).toEqual(uids)
    return new Map(patches.map(({ patch }, i) => [items[i], patch]))
  }
  for (const { request } of recordedOf('GeneratePatches')) {
    const items: object[] = Object.values(request['items'] ?? [])
    const expected = await answersOf(items, request)
    const shuffled = fc.shuffledSubarray(items, { minLength: items.length })
    await fc.assert(
      fc.asyncProperty(shuffled, async (order) => {
        const patches = await answersOf(order, request)
        for (const item of items) expect(patches.get(item)).toBe(expected.get(item))
      }),
      { numRuns: 20 },
    )
  }
})
