// Measures this extension beside Cluster API's Go test extension, in one run: npm run bench. Writes results.md.
// --seconds=N for each figure, 3 unless given.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { ensureCertificates } from '../../src/dev/certificate-directory.ts'
import { buildPrograms } from '../../src/dev/sandbox/build.ts'
import { startBalancer } from '../reliability/balancer.ts'
import { imageFlags } from '../reliability/extension.ts'
import { startApiServer } from '../support/api-server.ts'
import { startExtension } from '../support/start-extension.ts'
import type { Figures, Pair, Row } from './figures.ts'
import { cases, createMeasure } from './measure.ts'
import { writeResults } from './results.ts'

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '3' } } })
const seconds = Number(values.seconds)
const median = (list: number[]) => list.toSorted((a, b) => a - b)[list.length >> 1] ?? 0

const programs = await buildPrograms(['etcd', 'kube-apiserver', 'test-extension'])
const directory = mkdtempSync(join(tmpdir(), 'bench-'))
const caller = join(directory, 'caller')
execFileSync('go', ['build', '-o', caller, '.'], { cwd: join(import.meta.dirname, 'caller') })
const bundle = join(directory, 'extension.cjs')
const built = median(
  [1, 2, 3].map(() => {
    const started = performance.now()
    execFileSync(process.execPath, ['src/cli/main.ts', 'build', `--outdir=${directory}`])
    return (performance.now() - started) / 1000
  }),
)
const pushed = (file: string) => gzipSync(readFileSync(file)).length / 1e6
const layer: Pair = [pushed(programs['test-extension']), pushed(bundle)]
await ensureCertificates(directory)
const apiServer = await startApiServer(programs)
const measure = createMeasure(caller, directory)

const go = [programs['test-extension']]
const ours = [process.execPath, ...imageFlags, bundle]
const run = (command: readonly string[]) =>
  startExtension({
    command,
    certificates: directory,
    flags: [`--kubeconfig=${apiServer.kubeconfig}`],
    env: { ...process.env, NODE_ENV: 'production' },
    // Who reads a log takes time from what is measured.
    stdio: 'ignore',
    // Both are started when they take connections: Go's says no more.
    hasHealthChecks: false,
  })

try {
  const [theirs, own] = [await run(go), await run(ours)]
  const memory = (): Pair => [theirs.memory().now, own.memory().now]
  const idle = memory()
  const rows: Row[] = []
  for (const one of cases) {
    // A process in production has run for long.
    for (const each of [theirs, own])
      await measure(one, each.port, { callers: 1, seconds: 1, http1: false })
    for (const callers of one.callers) {
      const row = {
        case: one,
        callers,
        go2: await measure(one, theirs.port, { callers, seconds, http1: false }),
        go1: await measure(one, theirs.port, { callers, seconds, http1: true }),
        ours: await measure(one, own.port, { callers, seconds, http1: false }),
      }
      rows.push(row)
      console.log(describe(row))
    }
  }
  const after = memory()
  await Promise.all([theirs.kill(), own.kill()])
  // Last, when the API server has settled.
  const startup = await measureStartup(21)
  const replicas: Pair = [await measureReplicas(1), await measureReplicas(2)]
  const results = { rows, startup, memory: { idle, after }, built, layer, replicas }
  writeFileSync(join(import.meta.dirname, 'results.md'), writeResults(results))
} finally {
  await apiServer.stop()
}

/** Medians of starts that alternate, in milliseconds. */
async function measureStartup(times: number): Promise<Pair> {
  const all: [number[], number[]] = [[], []]
  for (let time = 0; time < times; time++)
    for (const [index, contender] of [go, ours].entries()) {
      const running = await run(contender)
      all[index]?.push(running.startMilliseconds)
      await running.kill()
    }
  return [median(all[0]), median(all[1])]
}

/** Calls a second of GeneratePatches with 100 MachineDeployments, by so many replicas behind a balancer of connections. */
async function measureReplicas(count: number): Promise<number> {
  const one = cases.find(({ hook, size }) => hook === 'GeneratePatches' && size === 100)
  if (!one) throw new Error('there is no such case')
  const balancer = await startBalancer()
  const replicas = await Promise.all(Array.from({ length: count }, () => run(ours)))
  for (const { port } of replicas) await balancer.add({ port, isReady: async () => true })
  const plan = { callers: 10, http1: false }
  await measure(one, balancer.port, { ...plan, seconds: 2 })
  const { perSecond } = await measure(one, balancer.port, { ...plan, seconds: 3 * seconds })
  await balancer.close()
  await Promise.all(replicas.map((replica) => replica.kill()))
  return perSecond
}

function describe({ case: { name }, callers, go2, go1, ours }: Row): string {
  const line = ({ protocol, perSecond, p50, p99 }: Figures) =>
    `${protocol} ${perSecond.toFixed(0)}/s p50 ${p50} p99 ${p99}`
  return `${name} × ${callers}: Go ${line(go2)}, ${line(go1)}; TypeScript ${line(ours)}`
}
