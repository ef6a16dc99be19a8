import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

it('the types are those of the pinned Cluster API: npm run kubeadm-types makes them anew', () => {
  const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
  const version = /^CLUSTER_API_VERSION=(\S+)$/m.exec(read('scripts/versions.env'))?.[1]
  const [header] = read('src/kubeadm/types.ts').split('\n')
  expect(header).toBe(`// Made by "capi-extension types" from Cluster API ${version}: do not edit.`)
})
