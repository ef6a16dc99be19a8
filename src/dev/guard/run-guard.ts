import * as v from 'valibot'
import type { HookContract } from '../../contract/contract.ts'
import type { JsonObject } from '../../json/json.ts'
import { describeIssue } from '../../messages/describe-issue.ts'
import type { RecordingFile } from '../../recording/read-recordings.ts'
import { handlerNameOf, type Recording, type StoredObject } from '../../recording/recording.ts'
import type { Knowledge } from '../../rollout/verdict.ts'
import { type Answered, type Answerer, contractOf } from './answerer.ts'
import { canUpdateOf } from './can-update.ts'
import { clusterOfRequest } from './compare/cluster-of-request.ts'
import type { Compare } from './compare/compare.ts'
import { compareOf } from './compare/index.ts'
import { mergeResults } from './merge-results.ts'
import { type Effect, effectOn, type GuardVerdict, type Result } from './result.ts'

/** What is compared. */
export interface GuardOptions {
  readonly recordings: readonly RecordingFile[]
  readonly before: Before
  readonly after: Answerer
  readonly knowledge?: GivenKnowledge
}

/** What is known besides the recordings. */
export interface GivenKnowledge extends Pick<Knowledge, 'complete'> {
  /** Objects of the management cluster; those of a recording come before them. */
  readonly objects?: readonly StoredObject[]
}

/** What the new answers are compared with. */
export interface Before {
  readonly name: string
  answer(recording: Recording): Promise<Answered>
}

/** What an edit does. */
export interface GuardReport {
  /** Of each part of a Cluster, equal ones merged. */
  readonly results: readonly Result[]
  /** How many recordings were compared. */
  readonly compared: number
  /** Hooks with recordings that were not compared, and how many. */
  readonly notCompared: Readonly<Record<string, number>>
  /** What the answers were compared with. */
  readonly against: string
  /** The new answers, by the file of their recording. */
  readonly answers: ReadonlyMap<string, JsonObject>
}

/** Compares the answers of two sides to recorded requests. Does not reject for what a side answers. */
export async function runGuard(options: GuardOptions): Promise<GuardReport> {
  const results: Result[] = []
  const answers = new Map<string, JsonObject>()
  const notCompared: Record<string, number> = {}
  for (const { file, recording } of options.recordings) {
    const contract = contractOf(recording)
    const compare = contract && compareOf(contract)
    if (contract && !compare) {
      notCompared[contract.hook] = (notCompared[contract.hook] ?? 0) + 1
      continue
    }
    const objects = latest([...(options.knowledge?.objects ?? []), ...(recording.objects ?? [])])
    const known = { ...recording, ...(objects.length > 0 && { objects }) }
    const { effects, answer } = await replay(known, contract, compare, options)
    if (answer) answers.set(file, answer)
    const { patch } = recording
    const hook = contract?.hook ?? recording.hook
    const origin = { hook, handler: handlerNameOf(recording), recordings: [file] }
    for (const effect of effects)
      results.push({ ...effect, ...origin, ...(patch !== undefined && { patch }) })
  }
  const skipped = Object.values(notCompared).reduce((sum, count) => sum + count, 0)
  return {
    results: mergeResults(results),
    compared: options.recordings.length - skipped,
    notCompared,
    against: options.before.name,
    answers,
  }
}

/** Of several objects of one name the last. */
function latest(objects: readonly StoredObject[]): StoredObject[] {
  const byName = objects.map((object) => {
    const { kind, apiVersion, metadata } = object
    const [group] = apiVersion.split('/')
    return [`${group} ${kind} ${metadata.namespace}/${metadata.name}`, object] as const
  })
  return [...new Map(byName).values()]
}

/** What one recording shows. */
interface Replayed {
  readonly effects: readonly Effect[]
  /** That of the new side. */
  readonly answer?: JsonObject
}

async function replay(
  recording: Recording,
  contract: HookContract | undefined,
  compare: Compare | undefined,
  options: GuardOptions,
): Promise<Replayed> {
  const { request } = recording
  const { hook = recording.hook } = contract ?? {}
  const none = (verdict: GuardVerdict, reason: string) => [
    effectOn(clusterOfRequest(request), hook, { verdict, reason }),
  ]
  if (!contract || !compare) return { effects: none('error', `there is no hook "${hook}"`) }
  const { success, issues } = v.safeParse(contract.request, request, { abortEarly: true })
  if (!success) {
    const reason = `the request is no ${hook}Request: ${describeIssue(issues[0])}`
    return { effects: none('error', reason) }
  }
  const after = await options.after.answer(recording)
  if ('problem' in after) return { effects: none('error', after.problem) }
  const { answer } = after
  const before = await options.before.answer(recording)
  if ('problem' in before)
    return { answer, effects: none('could not tell', `${options.before.name}: ${before.problem}`) }
  const { objects } = recording
  const problems: string[] = []
  const canUpdate = await canUpdateOf(options.after, {
    settings: request['settings'],
    objects,
    onProblem: (problem) => problems.push(problem),
  })
  const effects = await compare(
    { request, before: before.answer, after: answer },
    {
      ...options.knowledge,
      ...(objects && { objects }),
      ...(canUpdate && { canUpdate }),
    },
    options.recordings,
  )
  return { answer, effects: [...effects, ...problems.flatMap((one) => none('error', one))] }
}
