import { describe, expect, it } from 'vitest'
import { openStage } from './stage.ts'
import type { Rule } from './world.ts'

describe('doctor.sh', () => {
  // What these find is the machine's own.
  const ofTheMachine = /inotify|free disk/
  const sick = (output: string) =>
    output.split('\n').filter((line) => line.startsWith('mend') && !ofTheMachine.test(line))

  it('finds all well after up.sh', async () => {
    const stage = openStage()
    await stage.run('up.sh')
    const { output, calls } = await stage.run('doctor.sh')
    expect(sick(output), output).toEqual([])
    // Its progress would be all that is seen of what curl says.
    const loud = calls.filter((call) => call.startsWith('curl ') && !call.includes('--silent'))
    expect(loud).toEqual([])
    expect(output.match(/^ok /gm)?.length).toBeGreaterThan(15)
  })

  it.each<[string, Rule]>([
    ['docker 23.0', { pattern: '^docker version', print: '20.10.24' }],
    ['kind v0.33.0', { pattern: '^kind version', print: 'kind v0.3.0 go1' }],
    ['clusterctl v1.14.2', { pattern: '^clusterctl version', print: 'v1.13.0' }],
    ['kubectl near v1.37.0', { pattern: '^kubectl version', print: 'minor: "30"' }],
    ['the registry answers', { pattern: '^curl .*/v2/$', code: 7 }],
    ['the kind cluster', { pattern: '^kubectl .*readyz', code: 1 }],
    ['the controllers in capd-system', { pattern: '^kubectl .*wait deployment .*capd', code: 1 }],
    [
      'runtime hooks are on',
      {
        pattern: '^kubectl .*get deployments .*capi-system',
        print: 'feature-gates=RuntimeSDK=false',
      },
    ],
    [
      'in-place updates are on',
      {
        pattern: '^kubectl .*get deployments .*control-plane',
        print: 'feature-gates=InPlaceUpdates=false',
      },
    ],
    ['the registry has', { pattern: '^curl .*manifests/latest', code: 22, print: '404' }],
    ['the certificate', { pattern: '^kubectl .*wait certificate', code: 1 }],
    ['the Service', { pattern: '^kubectl .*endpointslices', print: 'false' }],
    ['the pods run the image', { pattern: '^kubectl .*get pods', print: 'x@sha256:bbb\\n' }],
    ['the ExtensionConfig', { pattern: '^kubectl .*wait extensionconfig', code: 1 }],
  ])('finds that not: %s', async (what, rule) => {
    const stage = openStage({ rules: [rule] })
    const { code, output } = await stage.run('doctor.sh')
    expect(sick(output)[0], output).toContain(what)
    expect(code).toBe(1)
  })
})
