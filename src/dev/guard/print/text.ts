import { styleText } from 'node:util'
import type { TerminalStream } from '../../terminal.ts'
import { describeEffect } from '../describe-effect.ts'
import type { GuardVerdict, Result } from '../result.ts'
import { changesOf, type Row, rowsOf, type SharedChange } from '../rows.ts'
import type { GuardReport } from '../run-guard.ts'
import { summaryOf } from '../summary.ts'
import { changeLines } from './change-lines.ts'

type Style = Parameters<typeof styleText>[0]
type Paint = (style: Style, text: string) => string

const styles: Readonly<Record<GuardVerdict, Style>> = {
  nothing: 'green',
  'in place': 'yellow',
  'provider decides': 'yellow',
  'rolls out': ['red', 'bold'],
  'decides otherwise': ['red', 'bold'],
  'could not tell': 'red',
  error: ['red', 'bold'],
}
const shownLines = 20

/** The report for people, in colours only on a terminal that wants them (NO_COLOR). */
export function textOf(report: GuardReport, stream: TerminalStream): string {
  const paint: Paint = (style, text) => styleText(style, text, { stream })
  const rows = rowsOf(report.results).filter(({ results }) => results.some(hasNews))
  const parts = [
    tableOf(rows, paint),
    ...changesOf(report.results).map((change) => changeText(change, paint)),
    [paint('bold', summaryOf(report))],
  ]
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

const hasNews = ({ verdict, notes = [] }: Result) => verdict !== 'nothing' || notes.length > 0

function tableOf(rows: readonly Row[], paint: Paint): string[] {
  const widthOf = (texts: readonly string[]) => Math.max(0, ...texts.map(({ length }) => length))
  const clusterWidth = widthOf(rows.map(({ cluster }) => cluster))
  const holderWidth = widthOf(rows.map(({ holder }) => holder))
  return rows.flatMap(({ cluster, holder, gravest, results }) => [
    [
      cluster.padEnd(clusterWidth),
      holder.padEnd(holderWidth),
      paint(styles[gravest.verdict], describeEffect(gravest)),
    ].join('  '),
    ...new Set(results.filter(hasNews).flatMap(detailsOf)),
  ])
}

function detailsOf({ reason, needs, notes = [], changes, recordings }: Result): string[] {
  const said = [
    ...(reason === undefined ? [] : [reason]),
    ...notes,
    ...(needs === undefined ? [] : [`to tell more: ${needs}`]),
  ]
  const source = changes.length > 0 ? '' : ` (${listFiles(recordings)})`
  return said.map((text) => `    ${text}${source}`)
}

function changeText(change: SharedChange, paint: Paint): string[] {
  const { template, path, handler, patch, rules, clusters, recordings } = change
  const lines = changeLines(change)
  const hidden = lines.length - shownLines
  const by = patch === undefined ? `by ${handler}` : `by ${handler} of patch ${patch}`
  return [
    `${template} ${paint('bold', path)}`,
    ...lines
      .slice(0, shownLines)
      .map((line) => `    ${paint(line.startsWith('-') ? 'red' : 'green', line)}`),
    ...(hidden > 0 ? [`    … ${hidden} more lines`] : []),
    `    ${by}: ${clusters.join(', ')} (${listFiles(recordings)})`,
    ...rules.map(({ rule, file }) => paint('dim', `    ${rule} (${file})`)),
  ]
}

/** One file by its name, several by their number. */
const listFiles = ([first = '', ...others]: readonly string[]) =>
  others.length === 0 ? first : `${others.length + 1} recordings, such as ${first}`
