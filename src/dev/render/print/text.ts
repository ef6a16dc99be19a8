import { styleText } from 'node:util'
import type { RenderedPatch } from '../../../render/types.ts'
import { breakLines, type TerminalStream } from '../../terminal.ts'
import { type ChangedTemplate, changedTemplates } from '../changed-templates.ts'
import { extensionOf } from '../extensions.ts'
import type { Hunk } from '../hunks.ts'
import { failureOf, type RenderReport } from '../run-render.ts'
import { summaryOf } from '../summary.ts'

type Style = Parameters<typeof styleText>[0]

/** How parts of a text look on a stream. */
interface Writer {
  paint(style: Style, text: string): string
  /** A sentence, on several lines where it is too long for one. */
  sentence(text: string, indent?: string): string[]
}

/** What came of a Cluster, for people: in colours only on a terminal that wants them (NO_COLOR). */
export function textOf(report: RenderReport, stream: TerminalStream): string {
  const writer = writerOf(stream)
  const { cluster, clusterClass, patches, notReached, saved, refusals } = report
  const { paint, sentence } = writer
  const parts = [
    [paint('bold', `Cluster ${cluster} of the ClusterClass ${clusterClass}`)],
    ...patches.map((patch) => patchLines(patch, report, writer)),
    ...notReached.map((name) => [`${paint('bold', `Patch ${name}`)}: not reached`]),
    validationLines(report, paint),
    notesOf(report).flatMap((note) => sentence(`Note: ${note}`)),
    saved.map((file) => `Written: ${file}`),
    [
      ...sentence(paint(refusals.length > 0 ? ['red', 'bold'] : 'bold', summaryOf(report))),
      ...refusals.flatMap((refusal) => sentence(`- ${refusal}`)),
    ],
  ]
  const texts = parts.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'))
  return `${texts.join('\n\n')}\n`
}

function writerOf(stream: TerminalStream): Writer {
  const width = Math.max(60, stream.columns ?? 120)
  return {
    paint: (style, text) => styleText(style, text, { stream }),
    sentence(text, indent = '') {
      const [first = '', ...others] = breakLines(text, width - indent.length - 2, '')
      return [`${indent}${first}`, ...others.map((line) => `${indent}  ${line}`)]
    },
  }
}

function patchLines(patch: RenderedPatch, report: RenderReport, writer: Writer): string[] {
  const { paint, sentence } = writer
  const { name, handler, findings } = patch
  const title = `${paint('bold', `Patch ${name}`)}${handler ? `, ${handler}` : ''}`
  const outcome = outcomeOf(patch)
  return [
    ...sentence(outcome ? `${title}: ${paint(...outcome)}` : title),
    ...findings.flatMap(({ level, rule, detail }) =>
      sentence(
        `${paint(level === 'break' ? 'red' : 'yellow', `${level} ${rule}`)}: ${detail}`,
        '  ',
      ),
    ),
    ...changedTemplates(patch, report).flatMap((changed) => templateLines(changed, writer)),
  ]
}

function outcomeOf(patch: RenderedPatch): [Style, string] | undefined {
  const { handler, state, message, changed, matched } = patch
  if (state === 'disabled') return ['dim', 'enabledIf is false']
  if (state === 'failed') return ['red', `fails: ${failureOf(patch)}`]
  if (state === 'unknown') {
    const remedy = handler ? `, name it with --extension ${extensionOf(handler)}=URL` : ''
    return ['yellow', `left out: ${message}${remedy}`]
  }
  if (changed.length > 0) return undefined
  if (matched.length > 0) return ['dim', 'changes nothing: what it sets is there already']
  return ['yellow', handler ? 'changes nothing' : 'matches no template']
}

function templateLines({ template, holders, hunks }: ChangedTemplate, writer: Writer): string[] {
  return [
    ...writer.sentence(`${template}: ${holders.join(', ')}`, '  '),
    ...hunks.flatMap((hunk) => hunkLines(hunk, writer)),
  ]
}

const signStyles: Readonly<Record<Hunk['lines'][number]['sign'], Style>> = {
  '-': 'red',
  '+': 'green',
  ' ': 'dim',
}

function hunkLines({ path, lines }: Hunk, { paint }: Writer): string[] {
  return [
    `    ${paint('cyan', `@@ ${path}`)}`,
    ...lines.map(({ sign, text }) => `    ${paint(signStyles[sign], `${sign} ${text}`.trimEnd())}`),
  ]
}

function validationLines({ validations }: RenderReport, paint: Writer['paint']): string[] {
  return validations.map(({ patch, handler, answer }) => {
    const title = `${paint('bold', `Validation of ${patch}`)}, ${handler}:`
    if (answer === undefined) return `${title} ${paint('yellow', 'left out')}`
    const isTaken = answer['status'] === 'Success'
    return `${title} ${paint(isTaken ? 'green' : 'red', String(answer['status']))}`
  })
}

// What stands beside the patch is not said again.
function notesOf({ notes, patches }: RenderReport): string[] {
  const unknown = patches.filter(({ state }) => state === 'unknown')
  return notes.filter(
    (note) => !unknown.some(({ name }) => note.startsWith(`The patch ${name} is left out: `)),
  )
}
