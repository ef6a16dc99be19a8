import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { followEdits } from '../../../../src/dev/guard/edit/follow-edits.ts'
import { createGuarded, hooksWith } from '../../cli/guarded.ts'

/** Follows the edits of a project, whose Clusters are in recordings. */
async function follow(recordings = 'recordings') {
  const guarded = await createGuarded()
  const lines: string[] = []
  followEdits(guarded.root, { recordings: join(guarded.root, recordings) }, (line) => {
    lines.push(line)
  })
  const folder = join(guarded.root, '.dev/guard')
  const copies = () => readdirSync(join(folder, readdirSync(folder)[0] ?? '')).toSorted()
  const expectCopies = (...names: string[]) =>
    vi.waitFor(() => expect(copies()).toEqual(names), 20_000)
  await expectCopies('0')
  let seen = 0
  return {
    edit: guarded.edit,
    lines,
    expectCopies,
    /** The next line. */
    async says() {
      await vi.waitFor(() => expect(lines.length).toBeGreaterThan(seen), 20_000)
      return lines[seen++]
    },
  }
}

it('says what each edit does, also one that takes another back', async () => {
  const { edit, says, lines, expectCopies } = await follow()
  edit(hooksWith('two'))
  const paths = 'spec.kubeadmConfigSpec.files[0].content and 1 more'
  expect(await says()).toBe(`this edit rolls out 3 Machines of default/demo: ${paths}`)

  // Neither is worth a line: a comment, and sources that do not load, which is said elsewhere.
  edit(`${hooksWith('two')}// later`)
  await expectCopies('0', '2')
  edit('export const hooks = [')
  await expectCopies('0', '2', '3')
  await expectCopies('0', '2')
  expect(lines).toHaveLength(1)

  edit(hooksWith('two', `({ retryAfterSeconds: 30, message: 'Wait' })`))
  expect(await says()).toBe(
    'this edit changes what BeforeClusterCreate says of default/demo: goes on before, now blocks for 30 s: Wait',
  )
  edit(hooksWith('two', '{ throw new Error("no quota") }'))
  expect(await says()).toBe(
    'this edit breaks BeforeClusterCreate: handler "before-cluster-create" failed: src/hooks/index.ts:7: no quota',
  )
  // It is broken still, and that was said.
  edit(hooksWith('three', '{ throw new Error("no quota") }'))
  expect(await says()).toBe(`this edit rolls out 3 Machines of default/demo: ${paths}`)
  edit(hooksWith('one'))
  expect(await says()).toBe(
    `this edit rolls out 3 Machines of default/demo: ${paths} (as it was at the start)`,
  )
})

it('says nothing where there are no recordings', async () => {
  const { edit, lines, expectCopies } = await follow('none')
  edit(hooksWith('two'))
  await expectCopies('0', '1')
  edit(hooksWith('three'))
  await expectCopies('0', '2')
  expect(lines).toEqual([])
})

it('says in one line when a recording is none', async () => {
  const { edit, says } = await follow('package.json')
  edit(hooksWith('two'))
  expect(await says()).toMatch(
    /^guard: it could not tell what this edit does: .*package\.json is no recording: hook: required$/,
  )
})
