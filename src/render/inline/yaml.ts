import { defineScalarTag, FAILSAFE_SCHEMA, load } from 'js-yaml'
import { resolveScalar } from './yaml-scalar.ts'

// One tag for all plain scalars.
const plainScalar = defineScalarTag('tag:yaml.org,2002:plain', {
  implicit: true,
  resolve: resolveScalar,
  identify: () => false,
})
const schema = FAILSAFE_SCHEMA.withTags(plainScalar)

/** Reads YAML as sigs.k8s.io/yaml does, which has the rules of YAML 1.1: `yes` is true. */
export function readYaml(text: string): unknown {
  return load(text, { schema }) ?? null
}
