import { isObject } from '../../../json/json.ts'
import { dictionary, list, type Value } from './values.ts'

/** A JSON value as Go reads it: all numbers are float64. */
export function toValue(json: unknown): Value {
  if (Array.isArray(json)) return list(json.map(toValue))
  if (isObject(json))
    return dictionary(
      Object.entries(json).map(([key, value]) => [key.toWellFormed(), toValue(value)]),
    )
  if (typeof json === 'string') return json.toWellFormed()
  return typeof json === 'number' || typeof json === 'boolean' ? json : null
}
