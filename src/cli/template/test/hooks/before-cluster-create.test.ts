import { BeforeClusterCreate } from 'capi-extension/hooks'
import { callHook, clusterOf, requestOf } from 'capi-extension/testing'
import { expect, it } from 'vitest'
import hook from '../../src/hooks/before-cluster-create.ts'

const answerTo = (annotations: Record<string, string>) =>
  callHook(
    hook,
    requestOf(BeforeClusterCreate, { cluster: clusterOf({ metadata: { annotations } }) }),
  )

it('lets a Cluster be created', async () => {
  expect(await answerTo({})).toMatchObject({ status: 'Success', retryAfterSeconds: 0 })
})

it('holds a Cluster with the annotation', async () => {
  expect(await answerTo({ 'example.com/hold': '' })).toMatchObject({
    status: 'Success',
    retryAfterSeconds: 30,
    message: 'Waiting for the annotation example.com/hold to be removed',
  })
})
