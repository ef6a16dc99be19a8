import { isObject, type JsonObject } from '../../../json/json.ts'
import { type Dictionary, dictionary, list, type Value } from './values.ts'

/** Variables as the data of a template. */
export function toDictionary(variables: JsonObject): Dictionary {
  return dictionary(
    Object.entries(variables).map(([key, value]) => [key.toWellFormed(), toValue(value)]),
  )
}

/** A JSON value as Go reads it: all numbers are float64. */
export function toValue(json: unknown): Value {
  if (Array.isArray(json)) return list(json.map(toValue))
  if (isObject(json)) return toDictionary(json)
  if (typeof json === 'string') return json.toWellFormed()
  return typeof json === 'number' || typeof json === 'boolean' ? json : null
}
