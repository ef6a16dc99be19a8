import { digits, type Pair, type Results, type Row } from './figures.ts'

/** What is to be reached: so many times as good as Go, or so much at most. */
type Goal = { ratio: number } | { atMost: number }

/** The goals and what was reached, as a table. */
export function goalsTable({ rows, startup, memory, built, layer }: Results): string {
  const at = (hook: string, callers: number, size?: number): Row => {
    const found = rows.find(
      (row) =>
        row.case.hook === hook &&
        row.callers === callers &&
        (size ?? row.case.size) === row.case.size,
    )
    if (!found) throw new Error(`${hook} was not measured`)
    return found
  }
  const p50 = (...args: Parameters<typeof at>): Pair => {
    const { go2, go1, ours } = at(...args)
    return [Math.min(go2.p50, go1.p50), ours.p50]
  }
  const perSecond = (...args: Parameters<typeof at>): Pair => {
    const { go2, go1, ours } = at(...args)
    return [Math.max(go2.perSecond, go1.perSecond), ours.perSecond]
  }
  const p99: Pair = [
    at('GeneratePatches', 1, 1000).go2.p99,
    at('GeneratePatches', 1, 1000).ours.p99,
  ]
  const lines = [
    lower(
      'GeneratePatches, 1 MachineDeployment, 1 caller, median ms',
      p50('GeneratePatches', 1, 1),
      { ratio: 4 },
    ),
    higher('the same, 10 callers, calls/s', perSecond('GeneratePatches', 10, 1), { ratio: 3 }),
    lower(
      'GeneratePatches, 100 MachineDeployments, 1 caller, median ms',
      p50('GeneratePatches', 1, 100),
      { ratio: 8 },
    ),
    lower(
      'GeneratePatches, 1000 MachineDeployments, 1 caller, median ms',
      p50('GeneratePatches', 1, 1000),
      { ratio: 8 },
    ),
    lower('the same, p99 ms', p99, { atMost: 200 }),
    lower('ValidateTopology, 1 caller, median ms', p50('ValidateTopology', 1), { ratio: 1.3 }),
    higher('the same, 10 callers, calls/s', perSecond('ValidateTopology', 10), { ratio: 1 }),
    lower('Discovery, 1 caller, median ms', p50('Discovery', 1), { ratio: 1 }),
    lower(
      'BeforeClusterCreate with its ConfigMap, 1 caller, median ms',
      p50('BeforeClusterCreate', 1),
      { ratio: 10 },
    ),
    higher('the same, 10 callers, calls/s', perSecond('BeforeClusterCreate', 10), { ratio: 10 }),
    lower('process start → listening, median ms', startup, { atMost: 75 }),
    lower('memory, idle, MB', memory.idle, { atMost: 60 }),
    lower('memory after the runs, MB', memory.after, { atMost: 150 }),
    lower('edit → new bundle, s', [undefined, built], { atMost: 0.1 }),
    lower('pushed after an edit, MB', layer, { atMost: 3 }),
  ]
  return [
    '| | Go | here | ratio | goal | reached |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n')
}

type Figures = [go: number | undefined, ours: number]

const lower = (what: string, [go, ours]: Figures, goal: Goal) =>
  row(what, go, ours, go === undefined ? undefined : go / ours, goal)
const higher = (what: string, [go, ours]: Pair, goal: Goal) => row(what, go, ours, ours / go, goal)

function row(
  what: string,
  go: number | undefined,
  ours: number,
  ratio: number | undefined,
  goal: Goal,
) {
  const reached = 'ratio' in goal ? (ratio ?? 0) >= goal.ratio : ours <= goal.atMost
  const cells = [
    what,
    go === undefined ? '' : digits(go),
    digits(ours),
    ratio === undefined ? '' : `${digits(ratio)} ×`,
    'ratio' in goal ? `${goal.ratio} ×` : `at most ${goal.atMost}`,
    reached ? 'yes' : 'no',
  ]
  return `| ${cells.join(' | ')} |`
}
