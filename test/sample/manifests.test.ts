import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { hooks } from '../../src/hooks/index.ts'

it('the ClusterClass of the workload cluster names handlers that there are', () => {
  const file = new URL('../../manifests/workload/cluster-class.yaml', import.meta.url)
  const named = readFileSync(file, 'utf8').matchAll(/Extension: ([\w-]+)\.\S+$/gm)
  const names = [...named].map(([, name = '']) => name)
  expect(names).toHaveLength(4)
  expect(hooks.map(({ name }) => name)).toEqual(expect.arrayContaining(names))
})
