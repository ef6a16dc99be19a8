import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { changes, openStage } from './stage.ts'
import type { Rule } from './world.ts'

const ofMachines = (...print: string[]): Rule => ({
  pattern: 'get machines .*ownerReferences',
  when: 'updated',
  print: print.join('\\n'),
})
const beforeUpdate = (...print: string[]): Rule => ({
  pattern: 'get machines .*ownerReferences',
  when: '-updated',
  print: print.join('\\n'),
})
const ofEvents = (...print: string[]): Rule => ({
  pattern: 'get events',
  when: 'updated',
  print: print.join('\\n'),
})
const three = ['a', 'b', 'c'].map((name) => `control-${name} KubeadmControlPlane`)
const update = (rules: readonly Rule[]) => openStage({ rules }).run('workload.sh update')

describe('workload.sh update', () => {
  it('says which Machines were updated in place, and which are replaced by design', async () => {
    const { code, output } = await update([])
    expect(output).toMatch(/KubeadmControlPlane's control-1 +replaced, since maxSurge is 1\n/)
    expect(output).toMatch(/MachineSet's worker-1 +updated in place\n/)
    expect(code).toBe(0)
  })

  it.each<[string, RegExp, Rule[]]>([
    [
      'a worker was replaced',
      /MachineSet's worker-1 +replaced\n/,
      [ofMachines('control-2 KubeadmControlPlane', 'worker-2 MachineSet')],
    ],
    [
      'nothing was updated, as the controllers tell',
      /MachineSet's worker-1 +kept, but not updated\n/,
      [ofEvents('')],
    ],
    [
      'the one that was updated was so before',
      /MachineSet's worker-1 +kept, but not updated\n/,
      [{ pattern: 'get events', print: 'worker-1 cafe 1' }],
    ],
    [
      'more of the control plane were replaced than its maxSurge',
      /control-a +replaced, since maxSurge is 1\n[\s\S]*control-b +replaced\n/,
      [beforeUpdate(...three), ofMachines(three[2] ?? ''), ofEvents('control-c cafe 1')],
    ],
    [
      'one of the control plane was replaced, where maxSurge is 0',
      /control-a +replaced\n/,
      [
        { pattern: 'maxSurge', print: '0' },
        beforeUpdate(...three),
        ofMachines(...three.slice(1)),
        ofEvents('control-b b 1', 'control-c c 1'),
      ],
    ],
  ])('fails when %s', async (_, verdict, rules) => {
    const { code, output } = await update(rules)
    expect(output).toMatch(verdict)
    expect(output).toContain('What to do: not all was done in place')
    expect(code).toBe(1)
  })

  it('of a Cluster of the quick start fails before it changes anything', async () => {
    const { code, output, calls } = await update([{ pattern: 'classRef', print: 'quick-start' }])
    expect(output).toMatch(/What to do: .*workload.sh delete, then .*create --every-hook/)
    expect({ code, changes: changes(calls) }).toEqual({ code: 1, changes: [] })
  })
})

describe('workload.sh create', () => {
  it('generates the whole ClusterClass again, whatever is applied already', async () => {
    const stage = openStage()
    await stage.run('workload.sh create')
    expect(readFileSync(stage.path('environment.clusterctl'), 'utf8')).toMatch(
      /KUBECONFIG="?\/dev\/null/,
    )
    expect(stage.calls().join('\n')).not.toMatch(/clusterctl generate .*--kubeconfig/)
  })

  it.each([
    ['create --every-hook', '1', undefined],
    ['create --every-hook 3', '3', '0'],
  ])('%s makes a control plane of %s', async (command, machines, maxSurge) => {
    const stage = openStage()
    await stage.run(`workload.sh ${command}`)
    expect(stage.calls().join('\n')).toContain(`--control-plane-machine-count ${machines} `)
    const environment = readFileSync(stage.path('environment.clusterctl'), 'utf8')
    expect(/CONTROL_PLANE_MAX_SURGE="?(\d)/.exec(environment)?.[1]).toBe(maxSurge)
  })
})
