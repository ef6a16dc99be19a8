import { describe, expect, it, vi } from 'vitest'
import { changes, openStage } from './stage.ts'
import type { Rule } from './world.ts'

describe('what is in the way is named', () => {
  it.each<[string, Rule[], string, RegExp]>([
    [
      'Docker is not running',
      [{ pattern: '^docker version', code: 1, print: 'Cannot connect' }],
      'registry.sh',
      /\$ docker version\n +Cannot connect\n\nWhat to do: start Docker/,
    ],
    [
      'port 5001 belongs to a container',
      [{ pattern: '^docker ps --filter publish', print: 'other' }],
      'registry.sh',
      /taken by the container other: docker stop other/,
    ],
    [
      'port 5001 belongs to a program',
      [{ pattern: '^docker run', code: 125, print: 'address already in use' }],
      'registry.sh',
      /address already in use\n\nWhat to do: .*lsof/,
    ],
    [
      'kind-registry has another port',
      [
        { pattern: '^docker container inspect kind-registry' },
        { pattern: 'PortBindings', print: '127.0.0.1:5000->5000/tcp ' },
      ],
      'registry.sh',
      /publishes 127.0.0.1:5000->5000\/tcp and not 127.0.0.1:5001/,
    ],
    [
      'kind fails',
      [{ pattern: '^kind create', code: 1, print: 'too many open files' }],
      'cluster.sh',
      /too many open files\n\nWhat to do: scripts\/doctor.sh .*kind delete cluster --name/,
    ],
    [
      'the hooks are off',
      [{ pattern: 'get deployments', print: '--feature-gates=RuntimeSDK=false' }],
      'clusterctl.sh',
      /installed without runtime hooks: scripts\/down.sh/,
    ],
    [
      'the push fails',
      [{ pattern: '^docker push', code: 1, print: 'refused' }],
      'image.sh',
      /refused\n\nWhat to do: scripts\/registry.sh/,
    ],
    [
      'the build fails',
      [{ pattern: '^npm run build', code: 1, print: 'src/hook.ts: error' }],
      'reload.sh',
      /src\/hook.ts: error\n\nWhat to do: mend/,
    ],
    [
      'the extension is not discovered',
      [{ pattern: 'wait extensionconfig', code: 1, print: 'timed out' }],
      'deploy.sh',
      /timed out\n\nWhat to do: .*describe extensionconfig/,
    ],
    [
      'no call was logged',
      [{ pattern: ' logs ', print: 'serving hooks' }],
      'logs.sh',
      /What to do: no call yet/,
    ],
    ['an unknown command', [], 'workload.sh destroy', /^Usage: scripts\/workload.sh create/],
  ])('%s', async (_, rules, command, message) => {
    const { code, output } = await openStage({ rules }).run(command)
    expect(output).toMatch(message)
    expect(output).not.toContain('failed while')
    expect(code).toBeGreaterThan(0)
  })

  it('a command that no step expects to fail does not end in silence', async () => {
    const { code, output } = await openStage({
      rules: [{ pattern: '^kind get nodes', code: 3, print: 'no nodes' }],
    }).run('cluster.sh')
    expect(output).toMatch(/no nodes\n\nscripts\/cluster.sh failed while .*, with exit code 3/)
    expect(code).toBe(3)
  })

  it.each([
    ['docker', 'registry.sh'],
    ['curl', 'registry.sh'],
    ['kind', 'cluster.sh'],
    ['kubectl', 'deploy.sh'],
    ['clusterctl', 'clusterctl.sh'],
    ['npm', 'reload.sh'],
    ['kind', 'up.sh'],
    ['docker', 'down.sh'],
  ])('%s is missing for %s', async (tool, script) => {
    const { code, output, calls } = await openStage({ without: [tool] }).run(script)
    expect(output).toContain(`install ${tool}: it is not on the PATH`)
    expect({ code, changes: changes(calls) }).toEqual({ code: 1, changes: [] })
  })
})

describe('what is not ready yet is waited for', () => {
  const refused = 'Internal error occurred: failed calling webhook "x": connection refused'
  it.each<[string, Rule, string]>([
    [
      'the API server',
      { pattern: 'get --raw /readyz', when: '-asked', sets: 'asked', code: 1 },
      'cluster.sh',
    ],
    [
      'the webhooks of Cluster API',
      {
        pattern: 'apply --dry-run=server',
        when: '-asked',
        sets: 'asked',
        code: 1,
        print: refused,
      },
      'clusterctl.sh',
    ],
    [
      'the webhook of certificates',
      {
        pattern: 'apply --filename manifests/deploy',
        when: '-asked',
        sets: 'asked',
        code: 1,
        print: refused,
      },
      'deploy.sh',
    ],
    [
      'the webhooks of a workload cluster',
      { pattern: 'apply .*workload.yaml', when: '-asked', sets: 'asked', code: 1, print: refused },
      'workload.sh create',
    ],
  ])('%s', async (_, rule, command) => {
    const stage = openStage({ rules: [rule] })
    const { code, output, calls } = await stage.run(command)
    expect(code, output).toBe(0)
    expect(calls.filter((call) => new RegExp(rule.pattern).test(call)).length).toBeGreaterThan(1)
  })

  it('but not what is wrong', async () => {
    const wrong = 'admission webhook "x" denied the request'
    const { code, output, calls } = await openStage({
      rules: [{ pattern: 'apply .*cluster-class', code: 1, print: wrong }],
    }).run('workload.sh create --every-hook')
    expect(output).toMatch(/^ +\$ kubectl --context \S+ apply .*cluster-class.yaml\n +admission/m)
    expect({ code, applied: calls.filter((call) => /apply/.test(call)) }).toMatchObject({
      code: 1,
      applied: [expect.stringContaining('cluster-class.yaml')],
    })
  })
})

describe('up.sh stopped half way', () => {
  it('says what is left after a failure, and goes on there', async () => {
    const broken = openStage({
      rules: [{ pattern: '^clusterctl init', when: '-mended', sets: 'mended', code: 1 }],
    })
    const { code, output } = await broken.run('up.sh')
    expect(output).toMatch(/Stopped. Left: clusterctl image deploy.\nRun scripts\/up.sh again/)
    expect(code).toBe(1)
    const again = await broken.run('up.sh')
    expect({ code: again.code, first: changes(again.calls)[1] }).toEqual({
      code: 0,
      first: expect.stringMatching(/^clusterctl init /),
    })
  })

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('says what is left after %s', async (name, expected) => {
    const stage = openStage({ rules: [{ pattern: '^kind create', code: 'hang' }] })
    const { code, output } = await stage.run('up.sh', async ({ interrupt }) => {
      await vi.waitFor(() => expect(stage.calls().join('\n')).toMatch(/kind create/), 20_000)
      interrupt(name)
    })
    expect(output).toMatch(
      /Interrupted while running scripts\/cluster.sh.\nLeft: cluster clusterctl image deploy.\nRun scripts\/up.sh again/,
    )
    expect(output.match(/Interrupted/g)).toHaveLength(1)
    expect(code).toBe(expected)
  })
})
