import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import type { CustomResources } from '../../src/dev/crds/custom-resources.ts'
import { readCustomResources } from '../../src/dev/crds/read-custom-resources.ts'
import { createFleet } from './edits/fleet.ts'
import { makeEdit } from './edits/make-edit.ts'
import { planEdits } from './edits/plan.ts'
import { explain, isWrong, type Result, rowsOf, tableOf } from './edits/result.ts'
import { starts } from './edits/starts.ts'
import { attach } from './sandbox.ts'

// What an edit does to the Machines of a Cluster is predicted, and then looked at: the controllers make it.
const seed = Number(process.env['EDITS_SEED'] ?? 12)
const count = Number(process.env['EDITS_COUNT'] ?? 40)
const mostOpen = 5

let fleet: Awaited<ReturnType<typeof createFleet>>
let definitions: CustomResources
beforeAll(async () => {
  definitions = await readDefinitions()
  fleet = await createFleet(starts)
})
afterAll(() => fleet?.close())

it(`predicts ${count} edits from the seed ${seed}`, async () => {
  const plan = planEdits(seed, count, starts)
  const results: Result[] = []
  const ends = await Promise.allSettled(
    fleet.clusters.map(async (cluster) => {
      for (const planned of plan.filter((each) => each.cluster === cluster.name))
        results.push(await makeEdit(cluster, planned, definitions))
    }),
  )
  const all = results.toSorted((a, b) => a.planned.number - b.planned.number)
  console.log(`seed ${seed}\n${tableOf(all)}`)
  const failures = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []))
  if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('\n'))
  const wrong = all.filter((result) => rowsOf(result).some(isWrong))
  expect(wrong.map(explain).join('\n\n')).toBe('')
  const open = all.filter((result) => rowsOf(result).some(({ isOpen }) => isOpen))
  expect(open.length, 'edits that it could not tell').toBeLessThanOrEqual(mostOpen)
})

/** The definitions of the management cluster, as `kubectl get crd --output yaml` gives them. */
async function readDefinitions(): Promise<CustomResources> {
  const { objects } = await attach(inject('sandbox'))
  const type = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' }
  const list = await objects.list(type.apiVersion, type.kind)
  const items = list.items.map((item) => ({ ...item, ...type }))
  const directory = await mkdtemp(join(tmpdir(), 'definitions-'))
  await writeFile(
    join(directory, 'crds.yaml'),
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
  )
  const definitions = await readCustomResources(directory)
  await rm(directory, { recursive: true })
  return definitions
}
