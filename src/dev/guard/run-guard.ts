import * as v from 'valibot'
import { describeIssue } from '../../messages/describe-issue.ts'
import type { RecordingFile } from '../../recording/read-recordings.ts'
import { handlerNameOf, type Recording } from '../../recording/recording.ts'
import type { Knowledge } from '../../rollout/verdict.ts'
import { type Answerer, contractOf } from './answerer.ts'
import { clusterOfRequest } from './compare/cluster-of-request.ts'
import { compareOf } from './compare/index.ts'
import { mergeResults } from './merge-results.ts'
import { type Effect, effectOn, type Result } from './result.ts'

/** What is compared. */
export interface GuardOptions {
  readonly recordings: readonly RecordingFile[]
  readonly before: Answerer
  readonly after: Answerer
  readonly knowledge?: Pick<Knowledge, 'objects' | 'complete'>
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
}

/** Compares the answers of two sides to recorded requests. Never rejects for what a side answers. */
export async function runGuard(options: GuardOptions): Promise<GuardReport> {
  const results: Result[] = []
  const notCompared: Record<string, number> = {}
  for (const { file, recording } of options.recordings) {
    const contract = contractOf(recording)
    if (contract && !compareOf(contract)) {
      notCompared[contract.hook] = (notCompared[contract.hook] ?? 0) + 1
      continue
    }
    const { patch } = recording
    const origin = {
      hook: contract?.hook ?? recording.hook,
      handler: handlerNameOf(recording),
      ...(patch !== undefined && { patch }),
      recordings: [file],
    }
    for (const effect of await effectsOf(recording, options)) results.push({ ...effect, ...origin })
  }
  const skipped = Object.values(notCompared).reduce((sum, count) => sum + count, 0)
  return {
    results: mergeResults(results),
    compared: options.recordings.length - skipped,
    notCompared,
    against: options.before.name,
  }
}

async function effectsOf(recording: Recording, options: GuardOptions): Promise<readonly Effect[]> {
  const { request } = recording
  const contract = contractOf(recording)
  const none = (verdict: 'error' | 'could not tell', reason: string) => [
    effectOn(clusterOfRequest(request), contract?.hook ?? recording.hook, { verdict, reason }),
  ]
  const compare = contract && compareOf(contract)
  if (!compare) return none('error', `no hook is called "${recording.hook}"`)
  const { success, issues } = v.safeParse(contract.request, request, { abortEarly: true })
  if (!success)
    return none('error', `the request is no ${contract.hook}Request: ${describeIssue(issues[0])}`)
  const after = await options.after.answer(recording)
  if ('problem' in after) return none('error', after.problem)
  const before = await options.before.answer(recording)
  if ('problem' in before)
    return none('could not tell', `${options.before.name}: ${before.problem}`)
  const pair = { request, before: before.answer, after: after.answer }
  const objects = [...(options.knowledge?.objects ?? []), ...(recording.objects ?? [])]
  const knowledge = { ...options.knowledge, ...(objects.length > 0 && { objects }) }
  return compare(
    pair,
    knowledge,
    options.recordings.map((one) => one.recording),
  )
}
