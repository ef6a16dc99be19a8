import type { JsonObject } from '../../json/json.ts'
import { render } from './go-template/evaluate.ts'
import { toValue } from './go-template/to-value.ts'
import { isDictionary, nilDictionary } from './go-template/values.ts'
import { readYaml } from './yaml.ts'

/** The JSON value that a template makes of variables: renderValueTemplate in patches/inline. */
export function renderValue(template: string, variables: JsonObject): unknown {
  const data = toValue(variables)
  return readYaml(render(template, isDictionary(data) ? data : nilDictionary))
}
