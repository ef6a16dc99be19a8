import { callFunction, type Given } from './call.ts'
import { TemplateError, UnknownToTemplates } from './errors.ts'
import { typeOf } from './kinds.ts'
import { methodsOf, unknownMethods } from './methods.ts'
import { isDictionary, isVersion, type Value } from './values.ts'

/** A field of a value, after evalField in text/template/exec.go: only versions have methods. */
export function getField(receiver: Value, name: string, given: Given): Value {
  if (receiver === undefined) return undefined
  if (receiver === null)
    throw new TemplateError(`nil pointer evaluating interface {}.${name}: the value before is null`)
  if (isVersion(receiver)) {
    const method = methodsOf(receiver).get(name)
    if (method !== undefined) return callFunction(name, method, given)
    if (unknownMethods.includes(name)) throw new UnknownToTemplates(`.${name} of a version`)
  }
  if (!isDictionary(receiver))
    throw new TemplateError(`can't evaluate field ${name} in type ${typeOf(receiver)}`)
  if (given.operands.length > 0 || given.final !== undefined)
    throw new TemplateError(`${name} is not a method but has arguments`)
  return receiver.entries.get(name)
}
