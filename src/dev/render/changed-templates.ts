import type { Rendered, RenderedPatch } from '../../render/types.ts'
import { holderNameOf } from '../../rollout/holders.ts'
import { type Hunk, hunksOf } from './hunks.ts'

/** A template that a patch changes, once for all that hold it and where the same changes. */
export interface ChangedTemplate {
  /** Kind and name. */
  readonly template: string
  /** Such as `control plane` and `MachineDeployment md-0`. */
  readonly holders: readonly string[]
  readonly hunks: readonly Hunk[]
}

/** What a patch changes of templates. */
export function changedTemplates(
  { changed }: Pick<RenderedPatch, 'changed'>,
  rendered: Pick<Rendered, 'before'>,
): ChangedTemplate[] {
  const all = changed.map(({ uid, before, after }) => {
    const { template, holder } = templateOf(uid, rendered)
    return { template, holder, hunks: hunksOf(before, after) }
  })
  const groups = Map.groupBy(all, ({ template, hunks }) =>
    JSON.stringify([template, hunks.map(({ path, lines }) => [path, lines.filter(isChange)])]),
  )
  return [...groups.values()].flatMap((same) => {
    const [first] = same
    return first ? [{ ...first, holders: same.map(({ holder }) => holder) }] : []
  })
}

const isChange = ({ sign }: { readonly sign: string }) => sign !== ' '

/** Kind and name of the template of an item, and what holds it. */
export function templateOf(uid: string, { before }: Pick<Rendered, 'before'>) {
  const item = before.find((one) => one.uid === uid)
  if (!item) throw new RangeError(`no item ${uid}`)
  const { kind, metadata } = item.object
  return { template: `${kind} ${Object(metadata).name}`, holder: holderNameOf(item) }
}
