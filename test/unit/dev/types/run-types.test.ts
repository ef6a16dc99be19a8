import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dump, load } from 'js-yaml'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { runTypes } from '../../../../src/dev/types/run-types.ts'
import { StartError } from '../../../../src/messages/start-error.ts'
import { definition, text, withSpec } from './definition.ts'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'types-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

function file(name: string, content: string): string {
  const path = join(directory, name)
  writeFileSync(path, content)
  return path
}

const machine = definition('Machine', { v1: withSpec({ a: text }), v2: withSpec({ b: text }) })
const cluster = definition('Cluster', { v1: withSpec({ a: text }) })

it('gives one module for several files', async () => {
  const types = await runTypes([file('a.yaml', machine), file('b.yaml', cluster)])
  expect(types).toMatch(
    /^\/\/ Made by "capi-extension types" from a\.yaml, b\.yaml: do not edit\.\n/,
  )
  expect(types).toContain('export interface MachineV1 {\n')
  expect(types).toContain('export interface Cluster {\n')
})

it('writes the module to a file, in folders that it makes', async () => {
  const out = join(directory, 'types', 'provider.ts')
  const files = [file('a.yaml', machine)]
  expect(await runTypes(files, { out })).toBe(`${out}: Machine (v1, v2)`)
  expect(readFileSync(out, 'utf8')).toBe(await runTypes(files))
})

it("takes the definitions out of a provider's release, and out of a List", async () => {
  const deployment = 'kind: Deployment\nspec: {}\n'
  const items = dump({ kind: 'List', items: [load(cluster)] })
  const types = await runTypes([
    file('release.yaml', [deployment, machine, '', items].join('---\n')),
  ])
  expect(types).toContain('export interface MachineV1 {\n')
  expect(types).toContain('export interface Cluster {\n')
})

const nothing =
  'and no CustomResourceDefinition: name the definition of a kind, as "kubectl get crd NAME --output yaml" prints it'
const noSchema =
  'defines Machine v1 without properties in schema.openAPIV3Schema: there is nothing to make types of'
const empty = (apiVersion: string) => dump({ apiVersion, kind: 'CustomResourceDefinition' })
it.each([
  [
    'what is no YAML',
    'a: [',
    'is no YAML: unexpected end of the stream within a flow collection (1:5)',
  ],
  ['an empty file', '', `holds nothing ${nothing}`],
  [
    'other documents',
    'kind: Secret\n---\nkind: Secret\n---\na: 1\n---\ntext',
    `holds Secret, a document without a kind ${nothing}`,
  ],
  [
    'a definition of nothing',
    empty('apiextensions.k8s.io/v1'),
    'holds a CustomResourceDefinition without spec.group, spec.names.kind or spec.versions',
  ],
  [
    'a definition in an old version',
    empty('apiextensions.k8s.io/v1beta1'),
    'holds a CustomResourceDefinition of apiextensions.k8s.io/v1beta1: only apiextensions.k8s.io/v1 can be read',
  ],
  [
    'a kind that is not served',
    machine.replaceAll('served: true', 'served: false'),
    'defines Machine without a version that is served',
  ],
  ['a kind without a schema', machine.replace('openAPIV3Schema', 'none'), noSchema],
  ['a schema without properties', definition('Machine', { v1: { type: 'object' } }), noSchema],
])('refuses %s', async (_, content, message) => {
  const path = file('crd.yaml', content)
  await expect(runTypes([path])).rejects.toEqual(new StartError(`${path} ${message}`))
})

it('needs a file', async () => {
  const message = 'name a file: capi-extension types crd.yaml --out src/types/provider.ts'
  await expect(runTypes([])).rejects.toEqual(new StartError(message))
})

it('names a file that it cannot read or write', async () => {
  const none = join(directory, 'none.yaml')
  await expect(runTypes([none])).rejects.toEqual(
    new StartError(`${none} cannot be read: ENOENT: no such file or directory`),
  )
  const files = [file('a.yaml', machine)]
  await expect(runTypes(files, { out: directory })).rejects.toEqual(
    new StartError(`${directory} cannot be written: EISDIR: illegal operation on a directory`),
  )
})

it('refuses one kind of two groups: their types would have one name', async () => {
  const files = [
    file('a.yaml', machine),
    file('b.yaml', definition('Machine', { v1: withSpec({ a: text }) }, 'other.com')),
  ]
  await expect(runTypes(files)).rejects.toEqual(
    new StartError(
      'Machine is defined more than once, in example.com and other.com: make a module for each',
    ),
  )
})
