import { equal } from '../json/diff.ts'
import { isObject } from '../json/json.ts'
import { field } from '../json/path.ts'

/** An item of a list, and where it stands. */
export interface ListItem {
  readonly value: unknown
  readonly index: number
}

/** What belongs together in two lists. */
export interface Matched {
  /** Items of before and after; one side alone came or went. */
  readonly pairs: readonly (readonly [before: ListItem | undefined, after: ListItem | undefined])[]
  /** The names of the items that both have, when they stand in another order. */
  readonly order?: { readonly before: readonly string[]; readonly after: readonly string[] }
}

// What items of lists are known by, the first that fits: files, users and arguments of kubeadm, and those of most providers.
const keys = ['path', 'name', 'key', 'id', 'device', 'conditionType', 'hostPath', 'ID']

/** Matches the items of two lists by a name that they have, else by their places. */
export function matchItems(before: readonly unknown[], after: readonly unknown[]): Matched {
  const names = namesOf(before, after)
  return names ? matchByName(before, after, names) : matchByPlace(before, after)
}

type NameOf = (item: unknown) => string | undefined

function namesOf(before: readonly unknown[], after: readonly unknown[]): NameOf | undefined {
  const nameBy = (key: string) => (item: unknown) => {
    const name = isObject(item) ? field(item, key) : undefined
    return typeof name === 'string' ? name : undefined
  }
  const ways: NameOf[] = [(item) => (typeof item === 'string' ? item : undefined)]
  return [...ways, ...keys.map(nameBy)].find((nameOf) =>
    [before, after].every((list) => {
      const names = list.map(nameOf)
      return !names.includes(undefined) && new Set(names).size === names.length
    }),
  )
}

function matchByName(
  before: readonly unknown[],
  after: readonly unknown[],
  nameOf: NameOf,
): Matched {
  const byName = (list: readonly unknown[]) =>
    new Map(list.map((value, index) => [nameOf(value) ?? '', { value, index }]))
  const [left, right] = [byName(before), byName(after)]
  const shared = (names: Map<string, ListItem>, others: Map<string, ListItem>) =>
    [...names.keys()].filter((name) => others.has(name))
  const order = { before: shared(left, right), after: shared(right, left) }
  const gone = [...left].filter(([name]) => !right.has(name)).map(([, item]) => item)
  const come = [...right].filter(([name]) => !left.has(name)).map(([, item]) => item)
  const isText = typeof before[0] === 'string' || typeof after[0] === 'string'
  // Of texts, one that came in the place of another is the other, changed.
  const inPlace =
    gone.length === come.length && gone.every((item, i) => item.index === come[i]?.index)
  const replaced = isText && inPlace ? gone : []
  return {
    pairs: [
      ...order.after.map((name) => [left.get(name), right.get(name)] as const),
      ...replaced.map((item, i) => [item, come[i]] as const),
      ...gone.slice(replaced.length).map((item) => [item, undefined] as const),
      ...come.slice(replaced.length).map((item) => [undefined, item] as const),
    ],
    ...(!equal(order.before, order.after) && { order }),
  }
}

/** By position between what the lists share at both ends. */
function matchByPlace(before: readonly unknown[], after: readonly unknown[]): Matched {
  const item = (list: readonly unknown[], index: number) =>
    index < list.length ? { value: list[index], index } : undefined
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && equal(before[start], after[start])) start++
  let end = 0
  while (start + end < shorter && equal(before.at(-1 - end), after.at(-1 - end))) end++
  const [left, right] = [before, after].map((list) => list.slice(0, list.length - end))
  const length = Math.max(left?.length ?? 0, right?.length ?? 0)
  return {
    pairs: Array.from({ length: length - start }, (_, i) => [
      item(left ?? [], start + i),
      item(right ?? [], start + i),
    ]),
  }
}
