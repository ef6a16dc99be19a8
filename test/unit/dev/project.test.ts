import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { readProject } from '../../../src/dev/project.ts'

/** A folder with these files. */
function folder(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'project-'))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  return root
}
const main = { 'src/main.ts': '' }
const manifest = { 'package.json': '{"name":"@acme/fleet-policy","version":"1.2.3"}' }
const extensionConfig = (spec: string) => ({
  'manifests/extension-config.yaml': `# Registers it.\n---\nkind: ExtensionConfig\nmetadata: { name: fleet }\nspec: ${spec}\n`,
})

it('derives names from the one in package.json', async () => {
  const root = folder({ ...main, ...manifest })
  expect(await readProject(root)).toEqual({
    root,
    name: 'fleet-policy',
    version: '1.2.3',
    mainPath: join(root, 'src/main.ts'),
    namespace: 'fleet-policy-system',
    image: 'localhost:5001/fleet-policy',
    extensionConfig: { name: 'fleet-policy', settings: {} },
  })
})

it('takes namespace and image from the field of package.json', async () => {
  const field = '"capi-extension":{"namespace":"policies","image":"ghcr.io/acme/policy"}'
  const root = folder({ ...main, 'package.json': `{"name":"policy",${field}}` })
  expect(await readProject(root)).toMatchObject({
    namespace: 'policies',
    image: 'ghcr.io/acme/policy',
  })
})

it('reads name and settings of the ExtensionConfig', async () => {
  const config = extensionConfig('{ settings: { quota: "3" } }')
  const { extensionConfig: found } = await readProject(folder({ ...main, ...manifest, ...config }))
  expect(found).toEqual({ name: 'fleet', settings: { quota: '3' } })
})

const file = 'manifests/extension-config.yaml'
it.each([
  [{}, 'there is no package.json in '],
  [manifest, 'there is no src/main.ts in '],
  [{ ...main, 'package.json': '{' }, 'cannot read package.json: Expected '],
  [{ ...main, 'package.json': '{}' }, 'cannot read package.json: name: required'],
  [{ ...main, ...manifest, [file]: 'kind: Secret' }, `cannot read ${file}: kind: `],
  [
    { ...main, ...manifest, ...extensionConfig('{ settings: { dry: true } }') },
    `cannot read ${file}: spec.settings.dry: expected string, in quotes`,
  ],
])('says in one line what is wrong with %j', async (files, message) => {
  const rejected = expect(readProject(folder(files))).rejects
  await rejected.toThrow(message)
  await rejected.not.toThrow('\n')
})
