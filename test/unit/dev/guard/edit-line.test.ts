import { expect, it } from 'vitest'
import { editLine } from '../../../../src/dev/guard/edit/edit-line.ts'
import { effectOn } from '../../../../src/dev/guard/result.ts'
import { changeOf } from './outcome.ts'

const changes = [changeOf('spec.template.spec.files[0].content', 1, 2)]
const rollsOut = (cluster: string, holder: string, machines?: number) =>
  effectOn(cluster, holder, {
    verdict: 'rolls out',
    changes,
    ...(machines !== undefined && { machines }),
  })

it.each([
  [[effectOn('default/demo', 'control plane')], undefined],
  [[], undefined],
  [
    [
      rollsOut('default/demo', 'control plane', 1),
      rollsOut('default/demo', 'MachineDeployment md-0', 2),
    ],
    'rolls out 3 Machines of default/demo: spec.files[0].content',
  ],
  [
    [rollsOut('default/demo', 'control plane', 1), rollsOut('default/demo', 'control plane', 3)],
    'rolls out 3 Machines of default/demo: spec.files[0].content',
  ],
  [
    [rollsOut('default/demo', 'control plane', 1), rollsOut('default/other', 'control plane')],
    'rolls out all Machines of 2 Clusters: spec.files[0].content',
  ],
  [
    [effectOn('default/demo', 'control plane', { verdict: 'in place', changes })],
    'changes default/demo in place: spec.files[0].content',
  ],
  [
    [effectOn('default/demo', 'infrastructure cluster', { verdict: 'provider decides', changes })],
    'lets a provider decide about default/demo: spec.files[0].content',
  ],
  [
    [
      effectOn('', 'DiscoverVariables', {
        verdict: 'decides otherwise',
        reason: 'a variable is gone',
      }),
      rollsOut('default/demo', 'control plane', 1),
    ],
    'rolls out 1 Machine of default/demo: spec.files[0].content; changes what DiscoverVariables says: a variable is gone',
  ],
  [
    [effectOn('default/demo', 'GeneratePatches', { verdict: 'could not tell', reason: 'why' })],
    'may change default/demo, which nobody can tell: why',
  ],
  [
    [effectOn('default/demo', 'GeneratePatches', { verdict: 'error', reason: 'it threw' })],
    'breaks GeneratePatches: it threw',
  ],
])('%j', (effects, line) => {
  expect(editLine(effects)).toBe(line && `this edit ${line}`)
})
