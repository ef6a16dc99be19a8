import { beforeAll, describe, expect, it } from 'vitest'
import { contracts } from '../../../../src/contract/index.ts'
import { recordedOf } from '../../../recorded/recorded.ts'
import { pathsIn } from '../../../support/paths-in.ts'
import type { Received } from './fake-extension.ts'
import { play } from './play.ts'

const hooks = contracts.map(({ hook }) => hook)

// What the authors of the recorded Clusters and settings chose.
const chosen = [
  /^\.settings\./,
  /^\.cluster\.metadata\.(labels\.tier|annotations\.note):/,
  /^\.cluster\.spec\.topology\.variables\[\]\.value\b/,
  /^\.variables\[\]\.value(\[\]|:array)/,
  /\.kubeadmConfigSpec\.preKubeadmCommands\b/,
]

function pathsOf(request: unknown): Set<string> {
  return new Set(pathsIn(request).filter((path) => !chosen.some((pattern) => pattern.test(path))))
}

function recordedPaths(hook: string): Set<string>[] {
  return recordedOf(hook).map(({ request }) => pathsOf(request))
}

function union(sets: readonly Set<string>[]): Set<string> {
  return new Set(sets.flatMap((set) => [...set]))
}

function intersection(sets: readonly Set<string>[]): Set<string> {
  return sets.reduce((common, set) => common.intersection(set))
}

let received: readonly Received[] = []
beforeAll(async () => {
  received = (await play()).received
})

function simulated(hook: string): Received[] {
  return received.filter((call) => call.hook === hook)
}

const isControlPlane = ({ request }: Received) =>
  JSON.stringify(request).includes('cluster.x-k8s.io/control-plane-name')

describe.each(hooks)('%s', (hook) => {
  // No Machine of a control plane was recorded with UpdateMachine.
  const requests = () =>
    simulated(hook).filter((call) => hook !== 'UpdateMachine' || !isControlPlane(call))

  it('is sent with the fields of the recorded requests and no others', () => {
    const known = recordedPaths(hook)
    // The file that the recorded patches add is in the templates of the simulated ClusterClass.
    if (hook === 'GeneratePatches') known.push(...recordedPaths('ValidateTopology'))
    for (const { request } of requests())
      expect([...pathsOf(request).difference(union(known))]).toEqual([])
  })

  it('is sent with every field that all recorded requests have', () => {
    const known = intersection(recordedPaths(hook))
    expect(requests().length).toBeGreaterThan(0)
    for (const { request } of requests())
      expect([...known.difference(pathsOf(request))]).toEqual([])
  })

  it('is sent the same way', () => {
    const [example] = recordedOf(hook)
    const timeout = new URL(example?.url ?? '', 'https://host')
    for (const { url, method, headers } of simulated(hook)) {
      expect(new URL(url, 'https://host')).toEqual(timeout)
      expect(method).toBe(example?.method)
      expect(headers['content-type']).toBe(undefined)
      expect(headers['accept-encoding']).toBe(example?.headers['accept-encoding'])
    }
  })
})

it('updates a control plane Machine with the objects that CanUpdateMachine desired', () => {
  const desired = (hook: string) =>
    simulated(hook)
      .filter(isControlPlane)
      .map(({ request }) => pathsOf(request['desired']))
  const [update] = desired('UpdateMachine')
  const [can] = desired('CanUpdateMachine')
  const marks = /annotations(\.(in-place-updates|runtime)\.|:object)/
  expect([...(can ?? new Set()).difference(update ?? new Set())]).toEqual([])
  const more = [...(update ?? new Set<string>()).difference(can ?? new Set())]
  expect(more.filter((path) => !marks.test(path))).toEqual([])
  expect(more.length).toBeGreaterThan(0)
})
