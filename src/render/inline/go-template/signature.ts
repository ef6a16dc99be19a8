import type { Dictionary, SemanticVersion, Value } from './values.ts'

/**
 * What a parameter of a Go function takes: `any` is interface{}, `reflected` is reflect.Value (which
 * tells no value from nil), `map` is map[string]interface{}.
 */
export interface ParameterTypes {
  string: string
  bool: boolean
  int: number
  float64: number
  any: Exclude<Value, undefined>
  reflected: Value
  map: Dictionary
  '*semver.Version': SemanticVersion
}
export type Parameter = keyof ParameterTypes

export interface GoFunction {
  readonly parameters: readonly Parameter[]
  /** The type of all further ones, of a variadic function. */
  readonly rest: Parameter | undefined
  /** Is called with arguments of those types. */
  readonly call: (values: readonly ParameterTypes[Parameter][]) => Value
}

type Arguments<Parameters extends readonly Parameter[]> = {
  -readonly [Index in keyof Parameters]: ParameterTypes[Parameters[Index]]
}

/** A function with so many arguments. */
export function takes<const Parameters extends readonly Parameter[]>(
  parameters: Parameters,
  run: (...values: Arguments<Parameters>) => Value,
): GoFunction {
  return {
    parameters,
    rest: undefined,
    call: (values) => run(...(values as Arguments<Parameters>)),
  }
}

/** A function with so many arguments or more, these of one type. */
export function takesMore<const Parameters extends readonly Parameter[], Rest extends Parameter>(
  parameters: Parameters,
  rest: Rest,
  run: (...values: [...Arguments<Parameters>, ...ParameterTypes[Rest][]]) => Value,
): GoFunction {
  return {
    parameters,
    rest,
    call: (values) => run(...(values as [...Arguments<Parameters>, ...ParameterTypes[Rest][]])),
  }
}
