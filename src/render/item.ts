import type { Variable } from '../contract/topology.ts'
import { isObject, type JsonObject } from '../json/json.ts'
import { withValue } from '../json/path.ts'
import { builtinVariable } from './builtins.ts'
import { type StringMap, sentAnnotations, writtenMarks } from './metadata.ts'
import type { TemplatePlace } from './places.ts'
import type { Item } from './types.ts'

/**
 * The item of a template before any patch: with the labels and annotations of what is made of it, so that patches see
 * them, and without what would make the request large (core/reconcilers/topology/cluster/patches/template.go).
 */
export function itemOf(place: TemplatePlace, namespace: string): Item {
  const { holder, fieldPath, template, staysTemplate } = place
  const path = staysTemplate ? ['metadata'] : ['spec', 'template', 'metadata']
  const { labels, annotations } = writtenMarks(place.marks)
  const marked = withValue(
    withValue(template, [...path, 'labels'], labels),
    [...path, 'annotations'],
    annotations,
  )
  return {
    uid: [holder.kind, holder.name, fieldPath].join(' '),
    holderReference: { ...holder, namespace, fieldPath },
    object: sentTemplate(marked),
  }
}

/** The variables of a template: those of its part of the Cluster that are defined, and `builtin`. */
export function variablesOf(
  { overrides, builtin }: TemplatePlace,
  isDefined: (name: string) => boolean = () => true,
): Variable[] | undefined {
  return builtin && [...overrides.filter(({ name }) => isDefined(name)), builtinVariable(builtin)]
}

function sentTemplate(template: JsonObject): JsonObject {
  const object = withValue(template, ['metadata', 'managedFields'], undefined)
  const annotations = annotationsOf(object)
  if (!annotations) return object
  const sent = sentAnnotations(annotations)
  const left = Object.keys(sent).length > 0 ? sent : undefined
  return withValue(object, ['metadata', 'annotations'], left)
}

function annotationsOf({ metadata }: JsonObject): StringMap | undefined {
  const annotations = isObject(metadata) ? metadata['annotations'] : undefined
  if (!isObject(annotations)) return undefined
  return Object.fromEntries(Object.entries(annotations).map(([key, value]) => [key, String(value)]))
}
