import { styleText } from 'node:util'
import type { RenderedPatch } from '../../../render/types.ts'
import { answerMessage } from '../../../rules/answer.ts'
import { type TerminalStream, wrap } from '../../terminal.ts'
import { changedTemplates, templateOf } from '../changed-templates.ts'
import type { Hunk } from '../hunks.ts'
import type { RenderReport } from '../run-render.ts'
import { summaryOf } from '../summary.ts'

type Style = Parameters<typeof styleText>[0]
type Paint = (style: Style, text: string) => string

/** What came of a Cluster, for people: in colours only on a terminal that wants them (NO_COLOR). */
export function textOf(report: RenderReport, stream: TerminalStream): string {
  const paint: Paint = (style, text) => styleText(style, text, { stream })
  const { cluster, clusterClass, patches, notReached, notes, saved } = report
  const parts = [
    [paint('bold', `Cluster ${cluster} of the ClusterClass ${clusterClass}`)],
    ...patches.map((patch) => patchLines(patch, report, paint, stream)),
    ...notReached.map((name) => [`${paint('bold', `Patch ${name}`)}: not reached`]),
    validationLines(report, paint, stream),
    schemaLines(report, paint, stream),
    notes.flatMap((note) => wrap('Note:', [note], stream)),
    saved.map((file) => `Written: ${file}`),
    wrap(
      paint(report.refusals.length > 0 ? ['red', 'bold'] : 'bold', summaryOf(report)),
      [],
      stream,
    ),
  ]
  const texts = parts.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'))
  return `${texts.join('\n\n')}\n`
}

function patchLines(
  patch: RenderedPatch,
  report: RenderReport,
  paint: Paint,
  stream: TerminalStream,
): string[] {
  const { name, handler, state, message = '', changed, matched, findings } = patch
  const title = `${paint('bold', `Patch ${name}`)}${handler ? `, ${handler}` : ''}`
  if (state === 'disabled') return [`${title}: enabledIf is false`]
  if (state === 'failed') return wrap(`${title}: ${paint('red', 'fails')}`, [message], stream)
  if (state === 'unknown') {
    const config = handler?.slice(handler.indexOf('.') + 1)
    const remedy = config && `: name it with --extension ${config}=URL`
    return wrap(`${title}: ${paint('yellow', 'left out')}`, [`${message}${remedy ?? ''}`], stream)
  }
  const nothing =
    matched.length === 0
      ? handler
        ? 'changes nothing'
        : 'matches no template'
      : 'changes nothing: what it sets is there already'
  return [
    changed.length === 0 ? `${title}: ${paint('yellow', nothing)}` : title,
    ...findings.flatMap(({ level, rule, detail }) =>
      wrap(
        `  ${paint(level === 'break' ? 'red' : 'yellow', `${level} ${rule}:`)}`,
        [detail],
        stream,
      ),
    ),
    ...changedTemplates(patch, report).flatMap(({ template, holders, hunks }) => [
      `  ${template} of ${holders.join(', ')}`,
      ...hunks.flatMap((hunk) => hunkLines(hunk, paint)),
    ]),
  ]
}

const signStyles: Readonly<Record<string, Style>> = { '-': 'red', '+': 'green', ' ': 'dim' }

function hunkLines({ path, lines }: Hunk, paint: Paint): string[] {
  return [
    `    ${paint('cyan', `@@ ${path}`)}`,
    ...lines.map(({ sign, text }) => `    ${paint(signStyles[sign] ?? 'dim', `${sign} ${text}`)}`),
  ]
}

function validationLines(report: RenderReport, paint: Paint, stream: TerminalStream): string[] {
  return report.validations.flatMap(({ patch, handler, answer }) => {
    const title = `Validation of ${patch}, ${handler}:`
    if (answer === undefined) return [`${title} ${paint('yellow', 'left out')}`]
    if (answer['status'] === 'Success') return [`${title} ${paint('green', 'Success')}`]
    return wrap(`${title} ${paint('red', 'Failure')}`, [answerMessage(answer)], stream)
  })
}

function schemaLines(report: RenderReport, paint: Paint, stream: TerminalStream): string[] {
  return (report.schemas ?? []).flatMap(({ uid, patch, path, message }) => {
    const { template, holder } = templateOf(uid, report)
    const origin = patch === undefined ? 'without patches' : `by the patch ${patch}`
    const title = paint('red', `${template} of ${holder}, ${origin}:`)
    return wrap(title, [`${path} ${message}`], stream)
  })
}
