import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openStage } from './stage.ts'

describe('workload.sh create', () => {
  it('generates the whole ClusterClass again, whatever is applied already', async () => {
    const stage = openStage()
    await stage.run('workload.sh create')
    expect(readFileSync(stage.path('environment.clusterctl'), 'utf8')).toMatch(
      /KUBECONFIG="?\/dev\/null/,
    )
    expect(stage.calls().join('\n')).not.toMatch(/clusterctl generate .*--kubeconfig/)
  })
})
