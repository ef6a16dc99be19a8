import type { JsonObject } from '../../json/json.ts'
import { render } from './go-template/evaluate.ts'
import { toDictionary } from './go-template/to-value.ts'
import { readYaml } from './yaml.ts'

/** The JSON value that a template makes of variables: renderValueTemplate in patches/inline. */
export function renderValue(template: string, variables: JsonObject): unknown {
  return readYaml(render(template, toDictionary(variables)))
}
