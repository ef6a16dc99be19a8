import { expect, it } from 'vitest'
import { changedTopology } from '../../../../src/dev/sandbox/cluster.ts'

const cluster = (variables?: object[]) => ({
  spec: { topology: { version: 'v1.34.0', variables } },
})

it('changes the topology of a Cluster without variables, of which the API server takes no empty list', () => {
  expect(changedTopology(cluster(), { version: 'v1.35.0' }, {})).toEqual({ version: 'v1.35.0' })
})

it('keeps the variables that are not changed', () => {
  const [a, b] = [
    { name: 'a', value: 1 },
    { name: 'b', value: 2 },
  ]
  expect(changedTopology(cluster([a, b]), { version: 'v1.35.0' }, { b: 3, c: 4 })).toEqual({
    version: 'v1.35.0',
    variables: [a, { name: 'b', value: 3 }, { name: 'c', value: 4 }],
  })
})
