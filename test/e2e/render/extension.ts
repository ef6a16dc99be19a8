import { encodePatch } from '../../../src/contract/encode-patch.ts'
import {
  DiscoverVariables,
  GeneratePatches,
  ValidateTopology,
} from '../../../src/contract/topology.ts'
import { defineHook } from '../../../src/handler/hook.ts'
import { diff } from '../../../src/json/diff.ts'
import { canonicalJSON, type JsonObject } from '../../../src/json/json.ts'
import { withValue } from '../../../src/json/path.ts'

const text = { openAPIV3Schema: { type: 'string', default: 'hello' } }
const team = {
  openAPIV3Schema: {
    type: 'object',
    properties: { name: { type: 'string' }, size: { type: 'integer', default: 2 } },
  },
}

/** Hooks of an extension with two patches, each with variables of its own, and a validation. */
export const hooks = [
  defineHook(
    DiscoverVariables,
    () => ({ variables: [{ name: 'greeting', required: false, schema: text }] }),
    { name: 'discover-first' },
  ),
  defineHook(
    DiscoverVariables,
    () => ({ variables: [{ name: 'team', required: true, schema: team }] }),
    { name: 'discover-second' },
  ),
  defineHook(GeneratePatches, ({ request }) => ({ items: patches(request, 'first') }), {
    name: 'patch-first',
  }),
  defineHook(GeneratePatches, ({ request }) => ({ items: patches(request, 'second') }), {
    name: 'patch-second',
  }),
  defineHook(ValidateTopology, () => {}, { name: 'validate-second' }),
]

interface Item {
  readonly uid: string
  readonly object: JsonObject
  readonly variables?: readonly { name: string; value: unknown }[] | null | undefined
}

/** An annotation of each template, with the values of its variables. */
function patches(
  { items, variables }: { items?: readonly Item[] | null; variables?: Item['variables'] },
  name: string,
) {
  return (items ?? []).flatMap(({ uid, object, variables: own }) => {
    const known = [...(variables ?? []), ...(own ?? [])].filter((each) => each.name !== 'builtin')
    const path = ['spec', 'template', 'metadata', 'annotations', name]
    const patch = encodePatch(
      'JSONPatch',
      diff(object, withValue(object, path, canonicalJSON(known))),
    )
    return patch ? [{ uid, ...patch }] : []
  })
}
