import { execFileSync } from 'node:child_process'
import { cpus, release, totalmem } from 'node:os'
import { digits, type Figures, type Results, type Row } from './figures.ts'
import { goalsTable } from './goals.ts'

/** The page results.md. */
export function writeResults(results: Results): string {
  const { rows } = results
  const go = execFileSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' }).trim()
  const [cpu] = cpus()
  return `# Beside the Go test extension

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} × ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release().split('-')[0]};
Node ${process.version} with the flags of the image, ${go}, Cluster API's test extension of the pinned module. Both serve TLS 1.3 on the
loopback interface and use the same kube-apiserver; caller, servers and API server share the machine. The caller has the
transport of Cluster API's own client. Every answer was a Success.

## Goals

A ratio above 1 × is in favour of this extension. Of Go's two protocols the better one counts.

<!-- begin goals -->
${goalsTable(results)}
<!-- end goals -->

GeneratePatches grows with the MachineDeployments, from 1 to 1000, to the power of ${digits(exponent(rows, 'go2', 1))} in Go and ${digits(exponent(rows, 'ours', 1))} here; from 10 on, where the
fixed part of a call counts less, of ${digits(exponent(rows, 'go2', 10))} and ${digits(exponent(rows, 'ours', 10))}.

## All calls

Times in milliseconds: p50 / p99.

| call | callers | Go, HTTP/2 | Go, HTTP/1.1 | TypeScript | ratio of p50 | Go, calls/s | TypeScript, calls/s | ratio |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.map(line).join('\n')}

## A fleet

<!-- begin fleet -->
${fleet(results)}
<!-- end fleet -->
`
}

function line({ case: { name }, callers, go2, go1, ours }: Row): string {
  const pair = ({ p50, p99 }: Figures) => `${digits(p50)} / ${digits(p99)}`
  const perSecond = Math.max(go2.perSecond, go1.perSecond)
  const cells = [
    name,
    callers,
    pair(go2),
    pair(go1),
    pair(ours),
    `${digits(Math.min(go2.p50, go1.p50) / ours.p50)} ×`,
    digits(perSecond),
    digits(ours.perSecond),
    `${digits(ours.perSecond / perSecond)} ×`,
  ]
  return `| ${cells.join(' | ')} |`
}

/** The slope of time over size, both logarithmic, from so many MachineDeployments on. */
function exponent(rows: readonly Row[], contender: 'go2' | 'ours', smallest: number): number {
  const points = rows
    .filter((row) => row.callers === 1 && (row.case.size ?? 0) >= smallest)
    .map((row) => [Math.log(row.case.size ?? 1), Math.log(row[contender].p50)] as const)
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [x, y] = [mean(points.map(([a]) => a)), mean(points.map(([, b]) => b))]
  return mean(points.map(([a, b]) => (a - x) * (b - y))) / mean(points.map(([a]) => (a - x) ** 2))
}

/** How many Clusters a replica carries. */
function fleet({ rows, replicas: [one, two] }: Results): string {
  const perSecond = (hook: string, size: number | undefined) =>
    rows.find((row) => row.callers === 10 && row.case.hook === hook && row.case.size === size)?.ours
      .perSecond ?? 0
  const sizes = [1, 10, 100, 1000].map((size) => {
    const [patch, validate] = [
      perSecond('GeneratePatches', size),
      perSecond('ValidateTopology', size),
    ]
    const clusters = 1 / (1 / patch + 1 / validate)
    const cells = [
      size,
      digits(patch),
      digits(validate),
      Math.floor(clusters),
      Math.floor(clusters / 2),
    ]
    return `| ${cells.join(' | ')} |`
  })
  return `A reconcile of a Cluster's topology calls GeneratePatches and ValidateTopology once each. Clusters reconcile about once a second
while they are built or upgraded, and every ten minutes at rest. The table says how many Clusters at one reconcile a second keep one replica
wholly busy, from the rates at 10 callers; plan for half of that, so that calls need not queue. Replicas share nothing but the
API server: a second one behind a balancer of connections made ${digits(two / one)} times the calls a second (GeneratePatches with 100 MachineDeployments), on a
machine whose two cores the caller shares. The controllers spread over replicas by connection, not by call.

| MachineDeployments in each Cluster | GeneratePatches/s | ValidateTopology/s | Clusters, one replica wholly busy | Clusters to plan for |
| --- | --- | --- | --- | --- |
${sizes.join('\n')}`
}
