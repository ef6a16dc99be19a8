import { expect, it } from 'vitest'
import { readManifest } from '../../../../src/dev/sandbox/extension.ts'
import { parseYaml } from '../../../../src/dev/sandbox/objects.ts'
import { steps } from '../../../../src/dev/sandbox/scenarios.ts'
import { hooks } from '../../../../src/hooks/index.ts'

it('name handlers that this extension has', async () => {
  const text = await readManifest('clusterclass')
  const named = [...text.matchAll(/Extension: (\S+)\.capi-sample-extension$/gm)].map(
    ([, name]) => name,
  )
  const handlers = hooks.map(({ name }) => name)
  expect(named).toHaveLength(4)
  for (const name of named) expect(handlers).toContain(name)
})

it('can name another extension', async () => {
  const text = await readManifest('clusterclass', 'test-extension')
  expect(text).toContain('generate-patches.test-extension')
  expect(text).not.toContain('capi-sample-extension')
})

it('are of the kinds that the scenarios play with', async () => {
  const kinds = parseYaml(await readManifest('clusterclass')).map(({ kind }) => kind)
  expect(kinds).toContain('ClusterClass')
  const [cluster] = parseYaml(await readManifest('cluster'))
  expect(cluster).toMatchObject({ kind: 'Cluster', metadata: { name: 'demo' } })
})

it('have scenarios with a key each', () => {
  const keys = Object.values(steps).map(({ key }) => key)
  expect(new Set([...keys, 'q']).size).toBe(keys.length + 1)
})
