import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCustomResources } from '../../src/dev/crds/read-custom-resources.ts'
import { buildPrograms } from '../../src/dev/sandbox/build.ts'
import { isObject, objectAt } from '../../src/json/json.ts'
import { startApiServer } from '../support/api-server.ts'
import { cases, definition, type Verdict } from '../unit/dev/crds/cases.ts'
import { objects } from '../unit/dev/crds/real-objects.ts'
import { type Answer, connect, type Resource } from './api.ts'
import {
  goModule,
  installDefinitions,
  parse,
  readDefinitions,
  readManifest,
} from './definitions.ts'

const definitions = [...parse(definition), ...realDefinitions()]
let server: Awaited<ReturnType<typeof startApiServer>>
let api: ReturnType<typeof connect>

beforeAll(async () => {
  server = await startApiServer(await buildPrograms(['etcd', 'kube-apiserver']))
  api = connect(server.config)
  await installDefinitions(api, definitions)
})
afterAll(() => server?.stop())

it('makes of objects what is recorded', async () => {
  const lines = []
  for (const [name, object] of Object.entries(cases)) {
    const created = verdictOf(await api.dryRun(object))
    const applied = verdictOf(await api.apply(object, '&dryRun=All'))
    lines.push(JSON.stringify({ name, created, applied }))
  }
  // After a change of the cases: npm run test:manifests -- crds.test.ts --update
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../unit/dev/crds/verdicts.jsonl')
})

describe('a template of a real kind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'crds-'))
  writeFileSync(join(folder, 'crds.json'), JSON.stringify({ kind: 'List', items: definitions }))
  const resources = await readCustomResources(folder)
  rmSync(folder, { recursive: true })

  it.each(objects)('is taken or refused, and completed: %s', async (_, isTaken, object) => {
    const { stored, refused } = verdictOf(await api.apply(object, '&dryRun=All'))
    expect(refused === undefined, refused).toBe(isTaken)
    const problems = resources.check(object)
    expect(problems.length === 0, JSON.stringify(problems)).toBe(isTaken)
    if (stored) expect(resources.complete(object)).toEqual(stored)
  })
})

/** Those of Cluster API, of a provider, and KubeadmConfigTemplate as v1.12 has it, in a group of its own. */
function realDefinitions(): Resource[] {
  const file = 'bootstrap.cluster.x-k8s.io_kubeadmconfigtemplates.yaml'
  const folder = join(
    goModule('sigs.k8s.io/cluster-api@v1.12.5'),
    'bootstrap/kubeadm/config/crd/bases',
  )
  const old = readFileSync(join(folder, file), 'utf8')
    .replace(
      'kubeadmconfigtemplates.bootstrap.cluster.x-k8s.io',
      'kubeadmconfigtemplates.old.example.com',
    )
    .replace('group: bootstrap.cluster.x-k8s.io', 'group: old.example.com')
  return [
    ...readDefinitions().filter(({ metadata }) =>
      /^kubeadm\w+templates\./.test(metadata?.name ?? ''),
    ),
    ...readManifest('test/examples/patches/aws-machine-templates.yaml').filter(
      ({ kind }) => kind === 'CustomResourceDefinition',
    ),
    ...parse(old),
  ]
}

/** The object as it would be stored, without what the server adds to metadata, or why it is refused. */
function verdictOf({ code, body }: Answer): Verdict {
  if (code !== 200 && code !== 201) return { refused: reasonOf(body) }
  const { uid, creationTimestamp, generation, managedFields, ...metadata } =
    objectAt(body, ['metadata']) ?? {}
  return { stored: { ...body, metadata } }
}

/** The server finds several causes in another order each time. */
function reasonOf({ message, details }: Answer['body']): string {
  const causes = isObject(details) && Array.isArray(details['causes']) ? details['causes'] : []
  if (causes.length === 0) return String(message)
  return causes
    .map(({ field, message }) => `${field}: ${message}`)
    .toSorted()
    .join('; ')
}
