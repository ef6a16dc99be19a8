import * as v from 'valibot'
import type { JsonObject } from '../json/json.ts'

const handlerUrl = /\/hooks\.runtime\.cluster\.x-k8s\.io\/[^/?]+\/[^/?]+(?:\/([^/?]+))?(?:\?|$)/
const object: v.GenericSchema<unknown, JsonObject> = v.record(v.string(), v.unknown())
const text = v.pipe(v.string(), v.nonEmpty())
/** Checks an object of a management cluster. */
export const storedObjectSchema = v.looseObject({
  apiVersion: text,
  kind: text,
  metadata: v.looseObject({ name: text, namespace: v.optional(v.string()) }),
})
const answer = v.object({ status: v.number(), body: object })

/** One call of a controller and its answer, as a file holds it. */
export interface Recording {
  /** As in the url: `generatepatches`. */
  readonly hook: string
  /** Path and query: `/hooks.runtime.cluster.x-k8s.io/v1alpha1/generatepatches/generate-patches?timeout=10s`. */
  readonly url: string
  readonly request: JsonObject
  readonly response: RecordedAnswer
  /** The answer that replays are compared with, where `response` is that of another extension and stays. */
  readonly accepted?: RecordedAnswer | undefined
  /** Name of the patch of the ClusterClass, where it is known. */
  readonly patch?: string | undefined
  /** Objects of the management cluster that are known: handlers find them in `api`. */
  readonly objects?: readonly StoredObject[] | undefined
}

/** Status of HTTP and JSON body of an answer. */
export interface RecordedAnswer {
  readonly status: number
  readonly body: JsonObject
}

/** An object of a management cluster. */
export interface StoredObject extends JsonObject {
  apiVersion: string
  kind: string
  metadata: { name: string; namespace?: string | undefined; [field: string]: unknown }
}

/** Checks a recording; fields that it does not know pass. */
export const recordingSchema: v.GenericSchema<unknown, Recording> = v.object({
  hook: text,
  url: v.pipe(v.string(), v.regex(handlerUrl)),
  request: object,
  response: answer,
  accepted: v.optional(answer),
  patch: v.optional(v.string()),
  objects: v.optional(v.array(storedObjectSchema)),
})

/** The name of the handler in the url of a recording; undefined for Discovery, which has none. */
export function handlerNameOf({ url }: Pick<Recording, 'url'>): string | undefined {
  return handlerUrl.exec(url)?.[1]
}

/** How long the controller waited, in Go's words: `10s`; undefined where the url does not say it. */
export function timeoutOf({ url }: Pick<Recording, 'url'>): string | undefined {
  return new URLSearchParams(url.split('?')[1]).get('timeout') ?? undefined
}
