import type { Variable } from '../../../src/contract/topology.ts'
import type { JsonObject } from '../../../src/json/json.ts'
import { withValue } from '../../../src/json/path.ts'
import { compareTopologies } from '../../../src/rollout/compare-topologies.ts'
import type { HolderVerdict, Knowledge } from '../../../src/rollout/verdict.ts'
import type { ItemOfRequest } from '../../../src/rules/patches.ts'
import { recordedOf } from '../../recorded/recorded.ts'

/** A change of the templates of one kind and holder: the value of a field, undefined takes it away. */
export interface Edit {
  readonly kind: string
  readonly holder?: string
  readonly path: string
  readonly value: unknown
}

/** A recorded request: one control plane Machine, a MachineDeployment md-0 of two. */
export function recordedItems(): { items: ItemOfRequest[]; variables: Variable[] } {
  return JSON.parse(JSON.stringify(recordedOf('generatepatches')[2]?.request))
}

export function edited(items: readonly ItemOfRequest[], edits: readonly Edit[]): ItemOfRequest[] {
  return items.map((item) => ({
    ...item,
    object: edits
      .filter(
        ({ kind, holder = item.holderReference.kind }) =>
          item.object['kind'] === kind && item.holderReference.kind === holder,
      )
      .reduce<JsonObject>(
        (object, { path, value }) => withValue(object, path.split('.'), value),
        item.object,
      ),
  }))
}

/** The verdicts that are not 'nothing', when edits of the recorded templates become other edits. */
export async function verdictsOf(
  after: readonly Edit[],
  before: readonly Edit[] = [],
  knowledge?: Knowledge,
): Promise<HolderVerdict[]> {
  const { items, variables } = recordedItems()
  const verdicts = await compareTopologies(
    edited(items, before),
    edited(items, after),
    variables,
    knowledge,
  )
  return verdicts.filter(({ verdict }) => verdict !== 'nothing')
}
