import * as v from 'valibot'
import { expect, it } from 'vitest'
import { createContext } from '../../../src/handler/create-context.ts'
import { contextFor } from '../../support/context.ts'

const contextWith = (added: object) =>
  createContext({ context: () => added }, { settings: {} }, contextFor())

it('adds what the project returns', async () => {
  const quota = new (class Quota {
    left = () => 3
  })()
  expect(await contextWith({ quota })).toMatchObject({ quota, settings: {} })
})

it('refuses an object of a class, whose methods would be lost', async () => {
  class Quota {
    left() {
      return 3
    }
  }
  await expect(contextWith(new Quota())).rejects.toThrow(
    'context returned no plain object: put it into one, such as { quota }',
  )
})

it.each(['api', 'signal', 'settings', 'request'])(
  'refuses to replace %s, which every call has',
  async (name) => {
    await expect(contextWith({ [name]: {} })).rejects.toThrow(
      `context returned "${name}", which every call has: give it another name`,
    )
  },
)

it('names a setting that is no number in a word of its own', async () => {
  const settings = v.object({ clusters: v.pipe(v.string(), v.toNumber()) })
  const request = { settings: { clusters: 'ten' } }
  await expect(createContext({ settings }, request, contextFor())).rejects.toThrow(
    'spec.settings.clusters of the ExtensionConfig: expected a number',
  )
})
