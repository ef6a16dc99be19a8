import { diff } from '../../../json/diff.ts'
import { templateOf } from '../changed-templates.ts'
import type { RenderReport } from '../run-render.ts'

/** What came of a Cluster as one JSON object in a line, for programs. */
export function jsonOf(report: RenderReport): string {
  const { cluster, clusterClass, patches, notReached, validations, schemas, desired } = report
  const { refusals, notes, saved } = report
  return `${JSON.stringify({
    cluster,
    clusterClass,
    patches: patches.map(({ request: _, answer: __, changed, matched, ...patch }) => ({
      ...patch,
      matched: matched.map((uid) => templateOf(uid, report)),
      changed: changed.map(({ uid, before, after }) => ({
        ...templateOf(uid, report),
        operations: diff(before, after),
      })),
    })),
    notReached,
    validations: validations.map(({ patch, handler, answer }) => ({ patch, handler, answer })),
    schemas: schemas?.map(({ uid, ...found }) => ({ ...templateOf(uid, report), ...found })),
    desired: desired.map(({ uid, object }) => ({ ...templateOf(uid, report), object })),
    ...{ refusals, notes, saved },
  })}\n`
}
