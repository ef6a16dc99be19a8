import { differences } from '../json/differences.ts'
import { isObject, type JsonObject } from '../json/json.ts'
import type { Change } from './verdict.ts'

/** The fields that differ between two templates of a kind. */
export function changesOf(before: JsonObject, after: JsonObject, template: string): Change[] {
  // An empty object counts: `backend: { docker: {} }` says which backend.
  return differences(before, after).map((path) => ({
    path,
    before: valueAt(before, path),
    after: valueAt(after, path),
    template,
  }))
}

// Reads the paths of `differences`: `spec.files[0].labels["example.com/a"]`.
function valueAt(root: unknown, path: string): unknown {
  const steps = path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)
  let value = root
  for (const [, quoted, index, plain] of steps) {
    if (index !== undefined) value = Array.isArray(value) ? value[Number(index)] : undefined
    else {
      const key = quoted === undefined ? plain : (JSON.parse(`"${quoted}"`) as string)
      value = isObject(value) && key !== undefined ? value[key] : undefined
    }
  }
  return value
}
