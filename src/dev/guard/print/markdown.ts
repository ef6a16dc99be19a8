import { describeEffect } from '../describe-effect.ts'
import { passes } from '../exit-code.ts'
import type { GuardOutcome } from '../outcome.ts'
import {
  changesOf,
  hasNews,
  listFiles,
  madeBy,
  rowsOf,
  type SharedChange,
  sentencesOf,
} from '../rows.ts'
import { summaryOf } from '../summary.ts'
import { changeLines } from './change-lines.ts'

// A comment of GitHub has at most 65,536 characters.
const longest = 60_000
const shownLines = 50

/** What was found, for a comment on a pull request: a line, a table, and the changes folded. */
export function markdownOf(outcome: GuardOutcome): string {
  const { results, allowed, advice, accepted } = outcome
  const rows = rowsOf(results).filter((row) => row.results.some(hasNews))
  const table = rows.map(({ cluster, holder, gravest, results: all }) => {
    const effect = describeEffect(gravest)
    const news = all.filter(hasNews)
    const sentences = [...new Set(news.flatMap(sentencesOf))]
    const cells = [
      cluster || 'all',
      holder,
      [
        passes(gravest.verdict, allowed) ? effect : `**${effect}**`,
        ...sentences.map(escapeText),
      ].join('<br>'),
      `${new Set(news.flatMap(({ recordings }) => recordings)).size}`,
    ]
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  })
  const parts = [
    `**Guard:** ${escapeText(summaryOf(outcome))}`,
    ...(table.length === 0
      ? []
      : [
          [
            '| Cluster | part | what happens | recordings |',
            '| --- | --- | --- | --- |',
            ...table,
          ].join('\n'),
        ]),
    ...advice.map(({ text, lines }) =>
      [
        `To keep these Machines: ${escapeText(text)}`,
        '',
        ...lines.map(({ file, line }) => `- ${file}: \`${line}\``),
      ].join('\n'),
    ),
    ...(accepted.length === 0 ? [] : [`Written: ${listFiles(accepted)}`]),
    ...fitting(changesOf(results).map(foldedChange)),
  ]
  return `${parts.join('\n\n')}\n`
}

function foldedChange(change: SharedChange): string {
  const { template, path, rules, clusters, recordings } = change
  const lines = changeLines(change)
  const hidden = lines.length - shownLines
  const shown = [...lines.slice(0, shownLines), ...(hidden > 0 ? [`… ${hidden} more lines`] : [])]
  const ticks = shown.flatMap((line) => line.match(/`{3,}/g) ?? []).map(({ length }) => length)
  const fence = '`'.repeat(Math.max(3, ...ticks.map((length) => length + 1)))
  return [
    `<details><summary>${escapeText(template)} <code>${escapeText(path)}</code></summary>`,
    '',
    `${fence}diff`,
    ...shown,
    fence,
    '',
    escapeText(`By ${madeBy(change)}: ${clusters.join(', ')} (${listFiles(recordings)}).`),
    ...rules.map(({ rule, file }) => `${escapeText(rule)} (\`${file}\`).`),
    '',
    '</details>',
  ].join('\n')
}

/** As many as fit into a comment. */
function fitting(changes: readonly string[]): string[] {
  let length = 0
  const shown = changes.filter((text) => {
    length += text.length
    return length < longest
  })
  const hidden = changes.length - shown.length
  return hidden === 0 ? shown : [...shown, `And ${hidden} more changes: see the log of the job.`]
}

// Text of users, which a page would take for HTML.
const escapeText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
