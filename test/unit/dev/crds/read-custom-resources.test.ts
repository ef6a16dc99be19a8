import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { readCustomResources } from '../../../../src/dev/crds/read-custom-resources.ts'
import { definition, list, object, text, withSpec } from '../types/definition.ts'

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'crds-'))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

const rack = withSpec({ size: { type: 'integer', default: 2 } })
const rackOf = (spec: object) => ({ apiVersion: 'example.com/v1', kind: 'Rack', spec })

it('reads every definition below a folder, among other objects and in Lists', async () => {
  const shelf = JSON.parse(JSON.stringify({ kind: 'ConfigMap', apiVersion: 'v1' }))
  const resources = await readCustomResources(
    folderOf({
      'a/racks.yaml': `${JSON.stringify(shelf)}\n---\n${definition('Rack', { v1: rack })}`,
      'b.yml': `kind: List\nitems:\n- ${definition('Shelf', { v1: rack, v2: rack }).trim().replaceAll('\n', '\n  ')}`,
      'c.json': '{"kind":"Deployment"}',
      'd.txt': '{',
    }),
  )
  expect(resources.has('example.com/v1', 'Rack')).toBe(true)
  expect(resources.has('example.com/v2', 'Shelf')).toBe(true)
  expect(resources.has('example.com/v2', 'Rack')).toBe(false)
  expect(resources.complete(rackOf({}))).toEqual(rackOf({ size: 2 }))
})

it('leaves objects of other kinds alone', async () => {
  const resources = await readCustomResources(
    folderOf({ 'a.yaml': definition('Rack', { v1: rack }) }),
  )
  const other = { apiVersion: 'v1', kind: 'Other', spec: null }
  expect(resources.complete(other)).toBe(other)
  expect(resources.check(other)).toEqual([])
  expect(resources.rulesOf(other)).toEqual([])
})

it('names the field that a version does not know, with its path', async () => {
  const files = list(object({ path: text, content: text }, ['path']))
  const schema = withSpec({ files })
  const resources = await readCustomResources(
    folderOf({ 'a.yaml': definition('Rack', { v1: schema }) }),
  )
  const files12 = [{ path: '/a', contentFormat: 'Template' }, { content: 1 }]
  expect(resources.check(rackOf({ files: files12 }))).toEqual([
    { path: 'spec.files[1]', message: 'has no path, which is required' },
    { path: 'spec.files[1].content', message: 'is integer, not string' },
    { path: 'spec.files[0].contentFormat', message: 'is not in the schema' },
  ])
})

it('tells where rules apply that it does not evaluate', async () => {
  const rules = { 'x-kubernetes-validations': [{ rule: 'self > 1' }] }
  const schema = withSpec({
    size: { type: 'integer', ...rules },
    units: list({ type: 'integer', ...rules }),
  })
  const resources = await readCustomResources(
    folderOf({ 'a.yaml': definition('Rack', { v1: schema }) }),
  )
  expect(resources.rulesOf(rackOf({ units: [1, 2] }))).toEqual(['spec.units[0]', 'spec.units[1]'])
})

it('skips patches for kustomize, and takes the same definition twice', async () => {
  const patch =
    'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {conversion: {}}'
  const racks = definition('Rack', { v1: rack })
  const resources = await readCustomResources(
    folderOf({ 'a.yaml': racks, 'b.yaml': racks, 'patch.yaml': patch }),
  )
  expect(resources.has('example.com/v1', 'Rack')).toBe(true)
})

it.each([
  [
    {},
    /holds no CustomResourceDefinition: fill it with "kubectl get crd --output yaml > .*crds\.yaml"$/,
  ],
  [{ 'a.yaml': 'a: [' }, /a\.yaml is no YAML: /],
  [
    { 'a.yaml': definition('Rack', { v1: withSpec({ size: { type: 1 } }) }) },
    /^Rack in .*a\.yaml has a schema with type: expected string$/,
  ],
  [
    {
      'a.yaml': definition('Rack', { v1: rack }),
      'b.yaml': definition('Rack', { v1: withSpec({}) }),
    },
    /^Rack of example\.com\/v1 is defined twice, in .*a\.yaml and in another way in .*b\.yaml: keep that/,
  ],
])('says in one line what is wrong with %j', async (files: Record<string, string>, message) => {
  await expect(readCustomResources(folderOf(files))).rejects.toThrow(message)
})

it('says that a folder is not there', async () => {
  await expect(readCustomResources('/none')).rejects.toThrow(
    '/none cannot be read: ENOENT: no such file or directory',
  )
})
