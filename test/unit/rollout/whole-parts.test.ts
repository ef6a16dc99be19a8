import { expect, it } from 'vitest'
import { type Edit, verdictsOf } from './edits.ts'

const config = (value: unknown): Edit => ({ kind: 'KubeadmConfigTemplate', path: 'spec', value })
const machines = (value: unknown): Edit => ({
  kind: 'DevMachineTemplate',
  holder: 'MachineDeployment',
  path: 'spec',
  value,
})
const files = { template: { spec: { files: [{ path: '/a', content: 'a' }] } } }
const labels = { template: { metadata: { labels: { a: 'b' } } } }

// These fields may be left out (api/bootstrap/kubeadm/v1beta2/kubeadmconfigtemplate_types.go).
it.each([
  ['the spec of a template comes', undefined, files],
  ['the spec of what a template makes comes', { template: {} }, files],
  [
    'the spec of what a template makes goes',
    { template: { ...labels.template, ...files.template } },
    labels,
  ],
  [
    'labels of what a template makes come',
    files,
    { template: { ...files.template, ...labels.template } },
  ],
])('Machines roll out when %s', async (_, before, after) => {
  expect(await verdictsOf([config(after)], [config(before)])).toMatchObject([
    { holder: 'MachineDeployment md-0', verdict: 'rolls out' },
  ])
})

it('what Cluster API refuses is not hidden by Machines that would roll out', async () => {
  const after = [config(files), machines({ template: { spec: {} } })]
  expect(await verdictsOf(after, [machines({ template: { spec: { size: 'm' } } })])).toMatchObject([
    { holder: 'MachineDeployment md-0', verdict: 'could not tell' },
  ])
})
