import { expect, it } from 'vitest'
import { CanUpdateMachineSet } from '../../../../src/contract/in-place-update.ts'
import { canUpdateOf } from '../../../../src/dev/guard/can-update.ts'
import { answerFromSources } from '../../../../src/dev/guard/sources.ts'
import { defineHook, type Hook } from '../../../../src/handler/hook.ts'
import { requestOf } from '../../../../src/testing/request.ts'
import { json } from './compare.ts'

const serving = (...hooks: Hook[]) =>
  answerFromSources({ name: 'test', hooks }, { name: '', root: '/none', now: () => new Date(0) })
const request = json(requestOf(CanUpdateMachineSet))

it('asks the handler of the hook with settings, and lets it find objects', async () => {
  const seen: unknown[] = []
  const hook = defineHook(
    CanUpdateMachineSet,
    async ({ settings, api, now }) => {
      const reference = { apiVersion: 'v1', kind: 'Secret', name: 'a', namespace: 'default' }
      seen.push(settings, (await api.get(reference))?.metadata.name, now())
    },
    { name: 'other-name' },
  )
  const metadata = { name: 'a', namespace: 'default' }
  const canUpdate = await canUpdateOf(serving(hook), {
    settings: { dryRun: 'true' },
    objects: [{ apiVersion: 'v1', kind: 'Secret', metadata }],
    onProblem: (problem) => seen.push(problem),
  })
  expect(await canUpdate?.('CanUpdateMachineSet', request)).toMatchObject({ status: 'Success' })
  expect(seen).toEqual([{ dryRun: 'true' }, 'a', new Date(0)])
  expect(await canUpdate?.('CanUpdateMachine', request)).toBeUndefined()
})

it('says why there is no answer', async () => {
  const problems: string[] = []
  const hook = defineHook(CanUpdateMachineSet, () => {
    throw new Error('no inventory')
  })
  const onProblem = (problem: string) => problems.push(problem)
  const canUpdate = await canUpdateOf(serving(hook), { settings: undefined, onProblem })
  expect(await canUpdate?.('CanUpdateMachineSet', request)).toBeUndefined()
  expect(problems).toEqual(['handler "can-update-machineset" failed: no inventory'])
})

it('does not ask an extension that updates nothing in place', async () => {
  const asking = { settings: undefined, onProblem: () => {} }
  expect(await canUpdateOf(serving(), asking)).toBeUndefined()
})
