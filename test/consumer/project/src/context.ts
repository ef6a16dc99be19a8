import type { Services } from 'capi-extension'
import * as v from 'valibot'

export const settings = v.strictObject({
  maxClusters: v.optional(v.pipe(v.string(), v.toNumber()), '1'),
})

export const context = ({ api, settings: { maxClusters } }: Services) => ({
  /** Whether a namespace has room for one Cluster more. */
  async hasRoom(namespace: string): Promise<boolean> {
    const clusters = await api.list({
      apiVersion: 'cluster.x-k8s.io/v1beta2',
      kind: 'Cluster',
      namespace,
    })
    return clusters.length < maxClusters
  },
})

declare module 'capi-extension' {
  interface Register {
    settings: typeof settings
    context: typeof context
  }
}
