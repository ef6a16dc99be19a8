import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { blockOf } from '../support/readme.ts'
import { changes, openStage } from './stage.ts'

const context = '--context kind-capi-sample-extension'
const image = 'localhost:5001/capi-sample-extension'

const up = [
  expect.stringMatching(
    /^docker run --detach --restart always --name kind-registry .*--publish 127.0.0.1:5001:5000 registry:3/,
  ),
  expect.stringMatching(
    /^kind create cluster --name capi-sample-extension --image kindest\/node:.*@sha256:\w{64} --config manifests\/kind-cluster.yaml/,
  ),
  expect.stringContaining(
    `echo '[host."http://kind-registry:5000"]' >/etc/containerd/certs.d/localhost:5001/hosts.toml`,
  ),
  'docker network connect kind kind-registry',
  'kubectl apply --filename manifests/local-registry-configmap.yaml',
  expect.stringMatching(
    /^clusterctl init --kubeconfig-context kind-capi-sample-extension --wait-providers --core cluster-api:v1\S+ --bootstrap kubeadm:v1\S+ --control-plane kubeadm:v1\S+ --infrastructure docker:v1\S+$/,
  ),
  expect.stringContaining(`docker build --tag ${image} `),
  `docker push ${image}`,
  'kubectl apply --filename manifests/deploy',
  'kubectl apply --filename manifests/extension-config.yaml',
]

it('up.sh makes everything in order; a second run only applies the same again', async () => {
  const stage = openStage()
  const first = await stage.run('up.sh')
  expect(first.code, first.output).toBe(0)
  expect(changes(first.calls)).toEqual(up)
  expect(first.output).toMatch(/BeforeClusterCreate +before-cluster-create/)
  const second = await stage.run('up.sh')
  expect(second.code).toBe(0)
  expect(changes(second.calls)).toEqual(up.filter((_, index) => [4, 6, 7, 8, 9].includes(index)))
})

it('the commands of scripts/README.md run in their order', async () => {
  const stage = openStage()
  // tools.sh has tests of its own; logs.sh follows until someone ends it.
  const commands = [
    ...blockOf('scripts/README.md', 'kind').matchAll(/^scripts\/(\S+.*?)\s*(#|$)/gm),
  ]
    .map(([, command]) => command ?? '')
    .filter((command) => command !== 'tools.sh')
  expect(commands).toHaveLength(3)
  for (const command of commands) {
    const { code, output } = await stage.run(command)
    expect(code, output).toBe(0)
  }
})

it('deploy.sh restarts pods that run another image than the registry has, once', async () => {
  const stage = openStage()
  await stage.run('up.sh')
  writeFileSync(stage.path('mark.old'), '')
  const first = await stage.run('deploy.sh')
  expect(first.code, first.output).toBe(0)
  expect(changes(first.calls)).toEqual([
    'kubectl apply --filename manifests/deploy',
    'kubectl rollout restart deployment/sample-extension --namespace sample-extension-system',
    'kubectl apply --filename manifests/extension-config.yaml',
    expect.stringMatching('patch extensionconfig sample-extension --subresource status .*null'),
  ])
  // The old ones first: the controller may keep connections to them.
  const waits = first.calls.filter((call) => /--for (delete|condition=Discovered)/.test(call))
  expect(waits).toEqual([
    expect.stringContaining('wait pod/old-1 pod/old-2'),
    expect.stringContaining('wait extensionconfig'),
  ])
  const second = await stage.run('deploy.sh')
  expect(changes(second.calls).join('\n')).not.toContain('restart')
})

it('an image that is built again without a change keeps its digest', async () => {
  const stage = openStage({ rules: [{ pattern: '^docker push', code: 1 }] })
  await stage.run('image.sh')
  expect(readFileSync(stage.path('environment.docker'), 'utf8')).toMatch(
    /BUILDX_NO_DEFAULT_ATTESTATIONS="?true/,
  )
})

it('clusterctl does not ask GitHub for a newer one', async () => {
  const stage = openStage()
  await stage.run('clusterctl.sh')
  expect(readFileSync(stage.path('environment.clusterctl'), 'utf8')).toMatch(
    /CLUSTERCTL_DISABLE_VERSIONCHECK="?true/,
  )
})

it('down.sh removes it in the reverse order, the ExtensionConfig first, and a second run nothing', async () => {
  const stage = openStage()
  await stage.run('up.sh')
  const first = await stage.run('down.sh')
  expect(first.code, first.output).toBe(0)
  expect(changes(first.calls)).toEqual([
    'kubectl delete extensionconfig sample-extension --ignore-not-found --timeout 2m',
    'kubectl delete deployments,replicasets,pods --namespace sample-extension-system --selector app=sample-extension --cascade=orphan --grace-period 1 --ignore-not-found --timeout 2m',
    'kubectl delete --filename manifests/deploy --ignore-not-found --timeout 5m',
    'kubectl delete clusters.cluster.x-k8s.io --all --all-namespaces --timeout 10m',
    'kind delete cluster --name capi-sample-extension',
    'docker rm --force --volumes kind-registry',
  ])
  const second = await stage.run('down.sh')
  expect({ code: second.code, changes: changes(second.calls) }).toEqual({ code: 0, changes: [] })
})

it('down.sh extension keeps cluster and registry', async () => {
  const stage = openStage()
  await stage.run('up.sh')
  const { calls } = await stage.run('down.sh extension')
  expect(changes(calls)).toEqual([
    expect.stringContaining('delete extensionconfig'),
    expect.stringContaining('delete deployments'),
    expect.stringContaining('delete --filename'),
  ])
})

it.each<[string, string[]]>([
  [
    'workload.sh create',
    [
      'clusterctl generate cluster capi-quickstart-docker .*--infrastructure docker:v1.* --flavor development',
      'kubectl apply --filename .dev/workload.yaml',
      'docker exec node-1 sh -c .*default-cni.yaml',
    ],
  ],
  [
    'workload.sh create --every-hook',
    [
      'kubectl apply .*cluster-class.yaml',
      'clusterctl generate cluster capi-quickstart-docker .*--from manifests/workload/cluster-template.yaml',
      'kubectl apply',
      'docker exec',
    ],
  ],
  [
    'workload.sh upgrade',
    [
      '"disableInPlaceUpdates":"true"',
      'kubectl patch cluster capi-quickstart-docker .*"version":"v1.37.0"',
    ],
  ],
  [
    'workload.sh update',
    [
      '"disableInPlaceUpdates":"false"',
      'kubectl patch cluster .*/spec/topology/variables/0/value/0/content',
      '"disableInPlaceUpdates":"true"',
    ],
  ],
  ['workload.sh delete', ['kubectl delete cluster capi-quickstart-docker']],
  [
    'reload.sh --build-arg RUNTIME_IMAGE=mine',
    [
      'npm run build',
      'docker build .*--build-arg BUNDLE=host --build-arg RUNTIME_IMAGE=mine .$',
      'docker push',
      'kubectl delete pod .*--selector app=sample-extension --grace-period 1',
      'kubectl annotate extensionconfig sample-extension .*=aaaaaaaaaaaa$',
    ],
  ],
  [
    'image.sh --build-arg BUILD_IMAGE=mine',
    ['docker build .*--build-arg BUILD_IMAGE=mine .$', 'docker push'],
  ],
])('%s', async (command, expected) => {
  const stage = openStage()
  await stage.run('up.sh')
  const { code, output, calls } = await stage.run(command)
  expect(code, output).toBe(0)
  expect(changes(calls)).toEqual(expected.map((pattern) => expect.stringMatching(pattern)))
})

it('logs.sh shows the SPIKE lines, and passes its arguments on', async () => {
  const { output, calls } = await openStage().run('logs.sh --since 10m')
  expect(output).toBe(
    '04:19:10 SPIKE BeforeClusterCreate answered Cluster:{name:demo namespace:default} handler:before-cluster-create status:Success\n',
  )
  expect(calls).toEqual([
    `kubectl ${context} logs --namespace sample-extension-system --selector app=sample-extension --tail -1 --since 10m`,
  ])
})

describe('logs.sh', () => {
  const line = (time: string, hook: string) =>
    `{"level":"info","time":"2026-11-23T${time}Z","Machine":{"name":"m"},"hook":"${hook}","handler":"a","status":"Success","msg":"SPIKE ${hook} answered"}`
  // As kubectl prints the logs of two pods.
  const print = [
    line('04:19:10.001', 'BeforeClusterCreate'),
    line('04:19:12.001', 'UpdateMachine'),
    line('04:19:11.001', 'CanUpdateMachine'),
    '',
  ].join('\\n')
  const times = (output: string) => output.match(/^\S+ SPIKE \w+/gm)

  it('puts the lines of several pods in the order of time', async () => {
    const stage = openStage({ rules: [{ pattern: ' logs ', print }] })
    const { output } = await stage.run('logs.sh')
    expect(times(output)).toEqual([
      '04:19:10 SPIKE BeforeClusterCreate',
      '04:19:11 SPIKE CanUpdateMachine',
      '04:19:12 SPIKE UpdateMachine',
    ])
    expect(output).toContain(
      'CanUpdateMachine answered Machine:{name:m} handler:a status:Success\n',
    )
  })

  it.each(['-f', '--follow'])('shows each line at once with %s', async (flag) => {
    const stage = openStage({ rules: [{ pattern: ' logs ', print, code: 'hang' }] })
    const { code } = await stage.run(`logs.sh ${flag}`, async ({ interrupt, printed }) => {
      await vi.waitFor(() => expect(times(printed())).toHaveLength(3), 10_000)
      expect(times(printed())?.at(-1)).toBe('04:19:11 SPIKE CanUpdateMachine')
      interrupt()
    })
    expect(code).toBe(130)
  })
})

it('reload.sh --watch ends without a complaint on Ctrl-C', async () => {
  const { code, output } = await openStage().run(
    'reload.sh --watch',
    async ({ interrupt, printed }) => {
      await vi.waitFor(() => expect(printed()).toContain('Watching src'), 10_000)
      interrupt()
    },
  )
  expect({ code, output }).toEqual({
    code: 130,
    output: 'Watching src for changes; Ctrl-C ends it.\n',
  })
})
