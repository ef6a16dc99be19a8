import type { JsonObject } from '../../json/json.ts'
import type { Item, Rendered } from '../../render/types.ts'
import type { CustomResources } from '../crds/custom-resources.ts'
import { templateOf } from './changed-templates.ts'

/** What the schema of a template refuses. */
export interface SchemaFinding {
  readonly uid: string
  /** The patch that made it; undefined where the template has it without patches. */
  readonly patch: string | undefined
  readonly path: string
  readonly message: string
}

/** What the schemas of templates refuse, before the first patch and after each. */
export function checkSchemas(
  { before, patches }: Rendered,
  resources: CustomResources,
): SchemaFinding[] {
  const known = new Set<string>()
  const news = (uid: string, object: JsonObject, patch?: string): SchemaFinding[] =>
    resources.check(object).flatMap(({ path, message }) => {
      const key = JSON.stringify([uid, path, message])
      if (known.has(key)) return []
      known.add(key)
      return [{ uid, patch, path, message }]
    })
  return [
    ...before.flatMap(({ uid, object }) => news(uid, object)),
    ...patches.flatMap(({ name, changed }) =>
      changed.flatMap(({ uid, after }) => news(uid, after, name)),
    ),
  ]
}

/** One sentence for each finding, once for all that hold the template. */
export function describeSchemas(
  findings: readonly SchemaFinding[],
  rendered: Pick<Rendered, 'before'>,
): string[] {
  const groups = Map.groupBy(findings, ({ uid, patch, path, message }) => {
    const origin = patch === undefined ? 'before any patch' : `made by the patch ${patch}`
    return `${templateOf(uid, rendered).template}, ${origin}: ${path} ${message}`
  })
  return [...groups].map(([text, same]) => {
    const holders = same.map(({ uid }) => templateOf(uid, rendered).holder)
    return `${text} (${holders.join(', ')})`
  })
}

/** What of the templates cannot be checked, one sentence each. */
export function uncheckedParts(items: readonly Item[], resources: CustomResources): string[] {
  const objects = items.map(({ object }) => object)
  const unknown = objects.filter(({ apiVersion, kind }) => !resources.has(apiVersion, kind))
  const ruled = objects.filter((object) => resources.rulesOf(object).length > 0)
  const kinds = (of: readonly JsonObject[]) => [
    ...new Set(of.map(({ apiVersion, kind }) => `${kind} (${apiVersion})`)),
  ]
  return [
    ...kinds(unknown).map((kind) => `--crds holds no definition of ${kind}: it is not checked.`),
    ...(ruled.length === 0
      ? []
      : [
          `Rules of x-kubernetes-validations are not evaluated: those of ${kinds(ruled).join(', ')}.`,
        ]),
  ]
}
