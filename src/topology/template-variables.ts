import { clone } from '../json/clone.ts'
import type { JsonObject } from '../json/json.ts'
import { merge } from '../json/merge.ts'
import { Builtins } from './builtins.ts'
import { checkValue } from './check-value.ts'
import { byName, mergeVariables, type VariableList } from './variable-values.ts'
import type { Variables } from './variables.ts'

/** The variables of a template. */
export interface TemplateVariables<Values> {
  /** The typed variables. */
  readonly variables: Values
  /** What the controller itself knows of the template's place. */
  readonly builtin: Builtins
  /** All variables as they came, for `getVariable`. */
  readonly values: Readonly<JsonObject>
}

/**
 * Reads the variables of a request's templates; each template gets copies, which it may keep and
 * change. What all templates share is checked once. A value that does not fit throws VariableError when
 * it is read.
 */
export function variableReader<Values>(
  global: VariableList,
  { parse }: Pick<Variables<Values>, 'parse'>,
): (ofTemplate: VariableList) => TemplateVariables<Values> {
  const globals = byName(global)
  const sharedVariables = once(() => parse(globals))
  const sharedBuiltin = once(() => builtinOf(globals))
  return (ofTemplate) => {
    const own = byName(ofTemplate)
    const hasOwn = Object.keys(own).some((name) => name !== 'builtin')
    const variables = once(() =>
      hasOwn ? parse({ ...globals, ...own }) : clone(sharedVariables()),
    )
    return {
      get variables() {
        return variables()
      },
      get builtin() {
        return merge(clone(sharedBuiltin()), builtinOf(own))
      },
      get values() {
        return mergeVariables(global, ofTemplate)
      },
    }
  }
}

/** Makes a value when it is first asked for. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

function builtinOf(values: JsonObject): Builtins {
  return checkValue('variable "builtin"', Builtins, values['builtin'] ?? {})
}
