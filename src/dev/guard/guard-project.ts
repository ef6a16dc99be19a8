import process from 'node:process'
import * as v from 'valibot'
import type { JsonObject } from '../../json/json.ts'
import { describeIssue } from '../../messages/describe-issue.ts'
import { StartError } from '../../messages/start-error.ts'
import { readRecordings } from '../../recording/read-recordings.ts'
import { type StoredObject, storedObjectSchema } from '../../recording/recording.ts'
import { readCustomResources } from '../crds/read-custom-resources.ts'
import { readDocuments } from '../documents.ts'
import { loadProject } from '../load-project.ts'
import type { Project } from '../project.ts'
import { acceptAnswers } from './accept.ts'
import { type Answerer, recordedAnswers } from './answerer.ts'
import { openBaseline } from './baseline.ts'
import type { Allowance } from './exit-code.ts'
import { type GuardOutcome, outcomeOf } from './outcome.ts'
import { effectOn, type Result } from './result.ts'
import { type GivenKnowledge, runGuard } from './run-guard.ts'
import { answerFromSources } from './sources.ts'
import { withStrayErrors } from './stray-errors.ts'
import { answerFromUrl } from './url.ts'

/** What is asked of the guard. */
export interface GuardQuestion {
  /** A folder of recordings, or the file of one. */
  readonly path: string
  /** A project, or in its place an extension at a URL. */
  readonly extension: Project | URL
  /** PEM of the authority that signed the certificates of URLs. */
  readonly ca?: string
  /** A commit, a bundle or a URL to compare with, in place of the recorded answers. */
  readonly against?: string
  readonly allowed: Allowance
  /** Writes the new answers into the recordings. */
  readonly accept: boolean
  /** A folder of objects of the management cluster, or a file. */
  readonly objects?: string
  /** A folder of CustomResourceDefinitions, or a file. */
  readonly crds?: string
  /** What handlers get as the time. */
  readonly time: Date
}

/** Says what an edit does. Rejects with StartError when there is nothing to compare, or a side cannot be opened. */
export async function guardProject(question: GuardQuestion): Promise<GuardOutcome> {
  const { path, extension, allowed, accept } = question
  const recordings = await readRecordings(path)
  if (recordings.length === 0)
    throw new StartError(
      `there are no recordings in ${path}: "capi-extension render --clusterclass FILE --cluster FILE --save ${path}" makes some`,
    )
  const knowledge = await readKnowledge(question)
  const open: Pick<Answerer, 'close'>[] = []
  try {
    const after = await openExtension(question)
    open.push(after)
    const baseline = await openBefore(question)
    if (baseline) open.push(baseline)
    const before = baseline ?? recordedAnswers
    const { result, strayErrors } = await withStrayErrors(rootOf(extension), () =>
      runGuard({ recordings, before, after, knowledge }),
    )
    const report = { ...result, results: [...result.results, ...strayErrors.map(strayResult)] }
    const accepted = accept ? await acceptAnswers(recordings, report) : []
    const name = extension instanceof URL ? '<ExtensionConfig>' : extension.extensionConfig.name
    return outcomeOf(report, allowed, name, accepted)
  } finally {
    for (const side of open) await side.close()
  }
}

const rootOf = (extension: Project | URL) =>
  extension instanceof URL ? process.cwd() : extension.root

const strayResult = (reason: string): Result => ({
  ...effectOn('', 'the extension', { verdict: 'error', reason }),
  hook: '',
  handler: undefined,
  recordings: [],
})

async function openExtension({ extension, ca, time }: GuardQuestion): Promise<Answerer> {
  if (extension instanceof URL) return answerFromUrl(extension, ca ?? '')
  const loaded = await loadProject(extension)
  const { root } = extension
  return answerFromSources(loaded, { name: 'the sources', root, now: () => time })
}

async function openBefore({
  against,
  extension,
  ca,
  time,
}: GuardQuestion): Promise<Answerer | undefined> {
  if (against === undefined) return undefined
  return openBaseline(against, { root: rootOf(extension), ca, now: () => time })
}

async function readKnowledge({ objects, crds }: GuardQuestion): Promise<GivenKnowledge> {
  const resources = crds === undefined ? undefined : await readCustomResources(crds)
  const found = objects === undefined ? [] : await readObjects(objects)
  return {
    ...(found.length > 0 && { objects: found }),
    ...(resources && { complete: (object: JsonObject) => resources.complete(object) }),
  }
}

async function readObjects(path: string): Promise<StoredObject[]> {
  const documents = await readDocuments(path)
  if (documents.length === 0)
    throw new StartError(
      `there are no objects in ${path}: fill it with "kubectl get cluster,machinedeployment,machineset,machine,… --output yaml > ${path}/objects.yaml"`,
    )
  return documents.map(({ file, document }) => {
    const { success, output, issues } = v.safeParse(storedObjectSchema, document)
    if (success) return output
    throw new StartError(`${file} holds what is no object: ${describeIssue(issues[0])}`)
  })
}
