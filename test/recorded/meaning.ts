import { isObject, objectAt } from '../../src/json/json.ts'
import { patched, withoutEmpty } from '../unit/topology/patched.ts'

/**
 * What an answer makes the controller do, so that two answers that mean the same are equal: patches count by what
 * they make of their objects, without the empty objects that Go's round trip adds.
 */
export function meaningOf(hook: string, request: object, answer: object): unknown {
  if (hook === 'generatepatches')
    return { ...statusOf(answer), templates: templates(request, answer) }
  if (hook === 'canupdatemachine')
    return { ...statusOf(answer), specs: specs(request, answer, ['spec']) }
  if (hook === 'canupdatemachineset')
    return { ...statusOf(answer), specs: specs(request, answer, ['spec', 'template', 'spec']) }
  const { apiVersion: _, kind: __, ...rest } = Object(answer)
  if (hook === 'discovery') return { ...rest, handlers: byName(rest.handlers) }
  // Go leaves empty lists out.
  return withoutEmptyLists(rest)
}

/** The templates of a request after the patches of an answer, by uid. */
export function templates(request: object, answer: object): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const { uid, object } of itemsOf(request)) result[uid] = object
  for (const { uid, patch } of itemsOf(answer)) result[uid] = patched(result[uid], patch)
  for (const { uid, holderReference } of itemsOf(request)) {
    const template = withoutEmpty(result[uid])
    // The controller drops a template's own metadata for a MachinePool.
    if (holderReference.kind === 'MachinePool' && isObject(template)) delete template['metadata']
    result[uid] = template
  }
  return result
}

/** The specs of `current` after the patches of an answer: all that the controllers look at. */
export function specs(request: object, answer: object, root: string[]): unknown {
  return Object.entries(objectAt(request, ['current']) ?? {}).map(([name, object]) => {
    const patch = objectAt(answer, [`${name}Patch`])?.['patch']
    const made = patch === undefined ? object : patched(object, String(patch))
    return [name, withoutEmpty(objectAt(made, root))]
  })
}

const statusOf = (answer: object) => ({ status: Object(answer).status })

interface Item {
  uid: string
  holderReference: { kind: string }
  object: object
  patch: string
}

function itemsOf(message: object): Item[] {
  return 'items' in message && Array.isArray(message.items) ? message.items : []
}

function byName(handlers: unknown): unknown {
  return Array.isArray(handlers)
    ? handlers.toSorted((a, b) => String(a.name).localeCompare(String(b.name)))
    : handlers
}

function withoutEmptyLists(answer: object): object {
  const entries = Object.entries(answer)
  return Object.fromEntries(
    entries.filter(([, value]) => !(Array.isArray(value) && value.length === 0)),
  )
}
