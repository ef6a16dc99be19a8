/** An object to name. */
export interface Unnamed {
  /** The words of its path, such as KubeadmConfig, Spec, File. */
  readonly words: readonly string[]
  /** The version in which it has this path. */
  readonly version: string
  /** All that it stands in. */
  readonly versions: ReadonlySet<string>
}

/**
 * Names objects as short as they can be told apart: by their last word, by their version where that
 * alone differs, by more words otherwise. Of objects with the same last word, those with the
 * shortest path keep it.
 *
 * @param taken Names that are in use.
 */
export function nameObjects<T extends Unnamed>(
  objects: Iterable<T>,
  taken: Iterable<string>,
): Map<T, string> {
  const named = new Map<T, string>()
  const used = new Set(taken)
  let open = [...objects].map((object) => ({ object, length: shortest(object) }))
  while (open.length > 0) {
    const groups = Map.groupBy(open, ({ object, length }) => object.words.slice(-length).join(''))
    open = []
    for (const [name, group] of groups) {
      const depth = Math.min(...group.map(({ object }) => object.words.length))
      const first = group.map(({ object }) => object).filter(({ words }) => words.length === depth)
      const names = namesOf(name, first)
      const isDone = names.length > 0 && !names.some((one) => used.has(one))
      const isLongest = group.every(({ length }) => length >= depth)
      for (const [index, object] of first.entries())
        if (isDone) named.set(object, names[index] ?? name)
        else if (isLongest) named.set(object, `${name}${index + 1}`)
      for (const { object, length } of group)
        if (!named.has(object)) open.push({ object, length: length + 1 })
    }
    for (const name of named.values()) used.add(name)
  }
  return named
}

/** The names of objects with the same words; none when these do not tell them apart. */
function namesOf(name: string, objects: readonly Unnamed[]): string[] {
  if (objects.length === 1) return [name]
  const isOnePlace = new Set(objects.map(({ words }) => words.join('.'))).size === 1
  if (!isOnePlace && objects.some(({ versions }) => versions.size > 1)) return []
  const names = objects.map(({ version }) => name + versionName(version))
  return new Set(names).size === names.length ? names : []
}

const shortest = ({ words }: Pick<Unnamed, 'words'>) => (isVague(words.at(-1)) ? 2 : 1)

const isVague = (word = '') => ['Spec', 'Status'].includes(word)

/** The shortest name that says what an object is. */
export function shortestName(words: readonly string[]): string {
  return words.slice(-shortest({ words })).join('')
}

/** `apiServer` as ApiServer. */
export function pascalCase(key: string): string {
  if (/^v\d/.test(key)) return `For${versionName(key)}`
  const words = key.split(/[^A-Za-z0-9]+/).filter(Boolean)
  const name = words.map(capitalized).join('')
  return /^[A-Za-z]/.test(name) ? name : `Field${name}`
}

/** `v1beta2` as V1Beta2. */
export function versionName(version: string): string {
  return capitalized(version.replaceAll(/\d[a-z]/g, (text) => text.toUpperCase()))
}

const capitalized = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1)

/** One of a list: `files` as file. */
export function singular(key: string): string {
  if (/ies$/.test(key)) return key.replace(/ies$/, 'y')
  if (/(ss|x|ch|sh)es$/.test(key)) return key.slice(0, -2)
  return /[^s]s$/.test(key) ? key.slice(0, -1) : key
}
