import * as v from 'valibot'
import type { Log } from '../../../src/observability/log.ts'
import {
  type PatchFunction,
  patchTemplate,
  type TemplatePatch,
} from '../../../src/topology/template-patch.ts'
import { templateType } from '../../../src/topology/template-type.ts'
import { defineVariables, variable } from '../../../src/topology/variables.ts'
import { type WalkTemplatesOptions, walkTemplates } from '../../../src/topology/walk-templates.ts'
import { silent } from '../../support/silent.ts'

export interface Machines {
  metadata: { name: string; labels?: Record<string, string> }
  spec: { template: { spec: { image?: string | null; tags?: string[] } } }
}
export const Machines = templateType<Machines>('example.com/v1', 'MachineTemplate')
export const MachinesV2 = templateType<{ spec: { template: { spec: { picture?: string } } } }>(
  'example.com/v2',
  'MachineTemplate',
)

/** Both versions. */
export const AllMachines = templateType<Machines>(
  ['example.com/v1', 'example.com/v2', 'example.com/v1'],
  'MachineTemplate',
)

export const variables = defineVariables({
  image: variable(v.string()),
  tags: variable(v.array(v.string())),
})
export type Values = ReturnType<typeof variables.parse>
export const patchMachines = (patch: PatchFunction<Machines, Values>) =>
  patchTemplate(Machines, patch)

export const holder = (kind: string, fieldPath: string, name = 'demo') => ({
  apiVersion: 'cluster.x-k8s.io/v1beta2',
  kind,
  namespace: 'default',
  name,
  fieldPath,
})
export const infrastructureRef = 'spec.template.spec.infrastructureRef'
export const item = (uid: string, more: object = {}) => ({
  uid,
  holderReference: holder('MachineDeployment', infrastructureRef),
  object: {
    apiVersion: 'example.com/v1',
    kind: 'MachineTemplate',
    metadata: { name: uid },
    spec: { template: { spec: { image: 'old' } } },
  },
  variables: [builtin({ machineDeployment: { class: 'default-worker' } })],
  ...more,
})
export const object = (apiVersion: string, kind: string) => ({
  ...item('a').object,
  apiVersion,
  kind,
})
export const builtin = (value: unknown) => ({ name: 'builtin', value })

type Request = {
  items: ReturnType<typeof item>[] | null
  variables?: { name: string; value: unknown }[] | null
}

export function walk(
  request: Request,
  patches: TemplatePatch<Values>[],
  options: Partial<WalkTemplatesOptions<Values>> = {},
  log: Log = silent,
  { signal } = new AbortController(),
) {
  return walkTemplates({ request, log, signal }, { variables, ...options }, patches)
}

/** The documents of an answer's patches, in their order. */
export async function documents(
  answer: ReturnType<typeof walk>,
): Promise<[uid: string, patch: unknown][]> {
  const result = await answer
  if (!('items' in result)) throw new Error(result.message)
  return result.items.map(({ uid, patch }) => [
    uid,
    JSON.parse(Buffer.from(patch, 'base64').toString()),
  ])
}

export const setImage = (value: string | null) =>
  patchMachines(({ template }) => {
    template.spec.template.spec.image = value
  })
export const replaceImage = (value: string) => [
  { op: 'replace', path: '/spec/template/spec/image', value },
]
