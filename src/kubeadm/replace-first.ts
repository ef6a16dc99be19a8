/** A list with an entry in the place of the first that is like it, without others like it, or at its end. */
export function replaceFirst<T>(list: readonly T[], isLike: (one: T) => boolean, entry: T): T[] {
  const index = list.findIndex(isLike)
  if (index === -1) return [...list, entry]
  const after = list.slice(index + 1).filter((one) => !isLike(one))
  return [...list.slice(0, index), entry, ...after]
}
