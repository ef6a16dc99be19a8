import { expect, it } from 'vitest'
import { readManifest } from '../../../../src/dev/sandbox/extension.ts'
import { parseYaml } from '../../../../src/dev/sandbox/objects.ts'
import { scenarios } from '../../../../src/dev/sandbox/scenarios.ts'
import { steps } from '../../../../src/dev/sandbox/steps.ts'

it('name no extension', async () => {
  for (const name of ['clusterclass', 'cluster', 'file'] as const)
    expect(await readManifest(name)).not.toMatch(/sample|Extension:/)
})

it('are of the kinds that the scenarios play with', async () => {
  const kinds = parseYaml(await readManifest('clusterclass')).map(({ kind }) => kind)
  expect(kinds).toContain('ClusterClass')
  const [cluster] = parseYaml(await readManifest('cluster'))
  expect(cluster).toMatchObject({ kind: 'Cluster', metadata: { name: 'demo' } })
})

it('have steps with a key each, and a scenario for each step', () => {
  const keys = Object.values(steps).map(({ key }) => key)
  expect(new Set([...keys, 'q']).size).toBe(keys.length + 1)
  expect(Object.keys(scenarios)).toEqual(Object.keys(steps))
})
