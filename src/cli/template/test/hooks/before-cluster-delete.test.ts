import { BeforeClusterDelete } from 'capi-extension/hooks'
import { callHook, clusterOf, requestOf } from 'capi-extension/testing'
import { expect, it } from 'vitest'
import hook from '../../src/hooks/before-cluster-delete.ts'

const answerTo = (annotations: Record<string, string>) =>
  callHook(
    hook,
    requestOf(BeforeClusterDelete, { cluster: clusterOf({ metadata: { annotations } }) }),
  )

it('lets a Cluster be deleted', async () => {
  expect(await answerTo({})).toMatchObject({ status: 'Success', retryAfterSeconds: 0 })
})

it('keeps a Cluster with the annotation', async () => {
  expect(await answerTo({ 'example.com/keep': '' })).toMatchObject({ retryAfterSeconds: 30 })
})
