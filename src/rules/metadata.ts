import type { ClusterClassVariable } from '../contract/variables.ts'
import { type Finding, finding } from './table.ts'

const name = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/
const labelValue = /^([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?$/

/** Whether labels and annotations of a variable are what Kubernetes takes for them. */
export function checkMetadata(
  metadata: ClusterClassVariable['deprecatedV1Beta1Metadata'],
  path: string,
): Finding[] {
  const { labels = {}, annotations = {} } = metadata ?? {}
  const names = [...Object.keys(labels), ...Object.keys(annotations)].filter(
    (key) => !name.test(key),
  )
  const values = Object.values(labels).filter((value) => !labelValue.test(value))
  return [
    ...names.map((key) => finding('variable-metadata', `${path}: "${key}" is no valid name`)),
    ...values.map((value) => finding('variable-metadata', `${path}: "${value}" is no label value`)),
  ]
}
