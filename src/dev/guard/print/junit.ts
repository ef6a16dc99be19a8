import { describeEffect } from '../describe-effect.ts'
import { passes } from '../exit-code.ts'
import type { GuardOutcome } from '../outcome.ts'
import { hasNews, listFiles, type Row, rowsOf, sentencesOf } from '../rows.ts'
import { summaryOf } from '../summary.ts'
import { changeLines } from './change-lines.ts'

/** What was found as JUnit's XML, a test for each part of a Cluster: it fails unless that passes. */
export function junitOf(outcome: GuardOutcome, time: Date): string {
  const cases = rowsOf(outcome.results).map((row) => testCase(row, outcome))
  const count = (kind: string) => cases.filter(({ outcome: found }) => found === kind).length
  const suite = attributes({
    id: '0',
    name: 'capi-extension guard',
    package: 'guard',
    timestamp: time.toISOString().replace(/\..*/, ''),
    hostname: 'localhost',
    tests: `${cases.length}`,
    failures: `${count('failure')}`,
    errors: `${count('error')}`,
    time: '0',
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite ${suite}>`,
    '    <properties/>',
    ...cases.map(({ xml }) => xml),
    `    <system-out>${escapeText(summaryOf(outcome))}</system-out>`,
    '    <system-err/>',
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function testCase({ cluster, holder, gravest, results }: Row, { allowed }: GuardOutcome) {
  const start = `    <testcase ${attributes({ name: holder, classname: cluster || 'all', time: '0' })}`
  if (passes(gravest.verdict, allowed)) return { outcome: 'passed', xml: `${start}/>` }
  const { verdict } = gravest
  const kind = verdict === 'error' || verdict === 'could not tell' ? 'error' : 'failure'
  const text = results
    .filter(hasNews)
    .flatMap((result) => [
      ...sentencesOf(result),
      ...result.changes.flatMap((change) => [
        `${change.template} ${change.path}`,
        ...changeLines(change),
      ]),
      listFiles(result.recordings),
    ])
  const message = attributes({ message: describeEffect(gravest), type: verdict })
  return {
    outcome: kind,
    xml: `${start}>\n      <${kind} ${message}>${escapeText(text.join('\n'))}</${kind}>\n    </testcase>`,
  }
}

const attributes = (values: Readonly<Record<string, string>>) =>
  Object.entries(values)
    .map(([name, value]) => `${name}="${escapeText(value)}"`)
    .join(' ')

// XML 1.0 has no place for control characters.
const escapeText = (text: string) =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are meant
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
