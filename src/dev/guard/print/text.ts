import { styleText } from 'node:util'
import { type TerminalStream, wrap } from '../../terminal.ts'
import { describeEffect } from '../describe-effect.ts'
import type { GuardOutcome } from '../outcome.ts'
import type { GuardVerdict, Result } from '../result.ts'
import {
  changesOf,
  hasNews,
  listFiles,
  madeBy,
  type Row,
  rowsOf,
  type SharedChange,
  sentencesOf,
} from '../rows.ts'
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
const indent = ' '.repeat(4)
const shownLines = 20
const shownChanges = 20

/** What was found, for people: in colours only on a terminal that wants them (NO_COLOR). */
export function textOf(outcome: GuardOutcome, stream: TerminalStream): string {
  const paint: Paint = (style, text) => styleText(style, text, { stream })
  const { results, accepted, advice } = outcome
  const rows = rowsOf(results).filter((row) => row.results.some(hasNews))
  const parts = [
    tableOf(rows, paint, stream),
    ...changesText(changesOf(results), paint, stream),
    ...advice.map(({ text, lines }) => [
      ...wrap('To keep these Machines:', [text], stream),
      ...lines.map(({ file, line }) => `${indent}${file}:  ${line}`),
    ]),
    wrap(paint('bold', summaryOf(outcome)), [], stream),
    accepted.length === 0 ? [] : [`Written: ${listFiles(accepted)}`],
  ]
  const texts = parts.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'))
  return `${texts.join('\n\n')}\n`
}

function tableOf(rows: readonly Row[], paint: Paint, stream: TerminalStream): string[] {
  const widthOf = (texts: readonly string[]) => Math.max(0, ...texts.map(({ length }) => length))
  const clusterWidth = widthOf(rows.map(({ cluster }) => cluster))
  const holderWidth = widthOf(rows.map(({ holder }) => holder))
  return rows.flatMap(({ cluster, holder, gravest, results }) => [
    [
      ...(clusterWidth === 0 ? [] : [cluster.padEnd(clusterWidth)]),
      holder.padEnd(holderWidth),
      paint(styles[gravest.verdict], describeEffect(gravest)),
    ].join('  '),
    ...new Set(results.filter(hasNews).flatMap((result) => details(result, stream))),
  ])
}

function details(result: Result, stream: TerminalStream): string[] {
  const source = result.changes.length > 0 ? '' : listFiles(result.recordings)
  return sentencesOf(result).flatMap((sentence) =>
    wrap(`${indent.slice(2)}`, [sentence, source && `(${source})`], stream),
  )
}

/** Each change, with the rules that nothing before it has named. */
function changesText(
  changes: readonly SharedChange[],
  paint: Paint,
  stream: TerminalStream,
): string[][] {
  const named = new Set<string>()
  const texts = changes.slice(0, shownChanges).map((change) => {
    const rules = change.rules.filter(({ rule }) => !named.has(rule))
    for (const { rule } of rules) named.add(rule)
    return changeText({ ...change, rules }, paint, stream)
  })
  const hidden = changes.length - shownChanges
  return hidden > 0 ? [...texts, [`… ${hidden} more changes: --output json has all`]] : texts
}

function changeText(change: SharedChange, paint: Paint, stream: TerminalStream): string[] {
  const { template, path, rules, clusters, recordings } = change
  const lines = changeLines(change)
  const hidden = lines.length - shownLines
  return [
    `${template} ${paint('bold', path)}`,
    ...lines
      .slice(0, shownLines)
      .map((line) => indent + paint(line.startsWith('-') ? 'red' : 'green', line)),
    ...(hidden > 0 ? [`${indent}… ${hidden} more lines`] : []),
    ...wrap(
      '  ',
      [`by ${madeBy(change)}: ${clusters.join(', ')} (${listFiles(recordings)})`],
      stream,
    ),
    ...rules.flatMap(({ rule, file }) =>
      wrap('  ', [`${rule} (${file})`], stream).map((line) => paint('dim', line)),
    ),
  ]
}
