import { PassThrough } from 'node:stream'
import { DOMParser } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { changeLines } from '../../../../src/dev/guard/print/change-lines.ts'
import { junitOf } from '../../../../src/dev/guard/print/junit.ts'
import { markdownOf } from '../../../../src/dev/guard/print/markdown.ts'
import { textOf } from '../../../../src/dev/guard/print/text.ts'
import { changeOf, outcomeWith, resultOf } from './outcome.ts'

const rules = [{ rule: 'A template rotates', file: 'core/a.go' }]
const changes = [changeOf('spec.files[0].content', 'a\nold\nz', 'a\nnew\nz')]
const rollout = resultOf('MachineDeployment md-0', { verdict: 'rolls out', changes, rules })
const stream = new PassThrough()

it.each([
  ['a\na', 'a\na\na', ['+ a']],
  ['a\na\na', 'a', ['- a', '- a']],
  [undefined, { a: [1] }, ['+ {', '+  "a": [', '+   1', '+  ]', '+ }']],
  [{ a: 1, b: 2 }, { a: 1, b: 3 }, ['-  "b": 2', '+  "b": 3']],
  ['x', undefined, ['- "x"']],
])('of %j and %j shows what differs', (before, after, lines) => {
  expect(changeLines({ before, after })).toEqual(lines)
})

describe('text', () => {
  it('shows what a change is about once, and of texts only what differs', () => {
    const other = { ...rollout, cluster: 'default/other', recordings: ['recordings/b.json'] }
    const text = textOf(outcomeWith([rollout, other, resultOf('control plane')]), stream)
    expect(text.split('\n\n').slice(0, 2)).toEqual([
      [
        'default/demo   MachineDeployment md-0  rolls out all Machines of md-0',
        'default/other  MachineDeployment md-0  rolls out all Machines of md-0',
      ].join('\n'),
      [
        'KubeadmConfigTemplate spec.files[0].content',
        '    - old',
        '    + new',
        '    by generate-patches: default/demo, default/other (2 recordings, such as recordings/a.json)',
        '    A template rotates (core/a.go)',
      ].join('\n'),
    ])
    expect(text).toMatch(
      /\nNew Machines for default\/demo, default\/other\. 2 recordings are compared with the recorded answers; 1 of UpdateMachine are not, whose answer depends on the time\.\n$/,
    )
  })

  it.each([
    [{ machines: 1 }, 'rolls out 1 Machine'],
    [{ machines: 5, replaced: 2, inPlace: 3 }, 'rolls out 2 Machines, updates 3 Machines in place'],
    [{}, 'rolls out all Machines'],
    [{ verdict: 'in place', inPlace: 3, replaced: 0 } as const, 'updates 3 Machines in place'],
    [{ verdict: 'in place' } as const, 'in place'],
  ])('counts Machines: %j', (counts, words) => {
    const result = resultOf('control plane', { verdict: 'rolls out', ...counts })
    expect(textOf(outcomeWith([result]), stream)).toMatch(
      new RegExp(`^default/demo {2}control plane {2}${words}$`, 'm'),
    )
  })

  it('says reason and need below their line, and cuts what is long', () => {
    const told = resultOf('control plane', {
      verdict: 'could not tell',
      reason: 'nobody knows',
      needs: 'the MachineSets',
      notes: ['a timeout is another'],
    })
    const long = Array.from({ length: 30 }, (_, index) => `line ${index}`).join('\n')
    const added = [changeOf('spec.files', undefined, long)]
    const text = textOf(outcomeWith([told, { ...rollout, changes: added }]), stream)
    expect(text).toContain(
      '\n    nobody knows  (recordings/a.json)\n    a timeout is another  (recordings/a.json)\n    to tell more: the MachineSets',
    )
    expect(text).toContain('    + line 19\n    … 10 more lines\n')
  })

  it('names a rule once, and not more changes than anyone reads', () => {
    const many = Array.from({ length: 25 }, (_, index) => changeOf(`spec.a[${index}]`, 1, 2))
    const text = textOf(outcomeWith([{ ...rollout, changes: many }]), stream)
    expect(text.match(/A template rotates/g)).toHaveLength(1)
    expect(text).toContain('spec.a[19]')
    expect(text).not.toContain('spec.a[20]')
    expect(text).toContain('\n\n… 5 more changes: --output json has all\n\n')
  })

  it('is coloured for a terminal alone', () => {
    const terminal = Object.assign(new PassThrough(), {
      isTTY: true,
      columns: 100,
      getColorDepth: () => 24,
      hasColors: () => true,
    })
    expect(textOf(outcomeWith([rollout]), terminal)).toContain('\u001b[')
    expect(textOf(outcomeWith([rollout]), stream)).not.toContain('\u001b[')
  })
})

describe('markdown', () => {
  it('has a line, a table and folded changes', () => {
    expect(markdownOf(outcomeWith([rollout, resultOf('control plane')], 'rollout'))).toBe(
      [
        '**Guard:** New Machines for default/demo. 2 recordings are compared with the recorded answers; 1 of UpdateMachine are not, whose answer depends on the time.',
        '',
        '| Cluster | part | what happens | recordings |',
        '| --- | --- | --- | --- |',
        '| default/demo | MachineDeployment md-0 | rolls out all Machines of md-0 | 1 |',
        '',
        '<details><summary>KubeadmConfigTemplate <code>spec.files[0].content</code></summary>',
        '',
        '```diff',
        '- old',
        '+ new',
        '```',
        '',
        'By generate-patches: default/demo (recordings/a.json).',
        'A template rotates (`core/a.go`).',
        '',
        '</details>',
        '',
      ].join('\n'),
    )
  })

  it('has fences that no value ends, and no HTML of users', () => {
    const changed = [changeOf('metadata.labels["<b>"]', '```\n````', 'x|y')]
    const text = markdownOf(outcomeWith([{ ...rollout, changes: changed, reason: 'a <b>|</b>' }]))
    expect(text).toContain('\n`````diff\n- ```\n- ````\n+ x|y\n`````\n')
    expect(text).toContain('<code>metadata.labels["&lt;b&gt;"]</code>')
    expect(text).toContain('<br>a &lt;b&gt;\\|&lt;/b&gt; |')
  })

  it('fits into a comment', () => {
    const many = Array.from({ length: 500 }, (_, index) =>
      changeOf(`spec.files[${index}]`, 'a'.repeat(100), 'b'.repeat(100)),
    )
    const text = markdownOf(outcomeWith([{ ...rollout, changes: many }]))
    expect(text.length).toBeLessThan(65_536)
    expect(text).toMatch(/And \d+ more changes: see the log of the job\.\n$/)
  })
})

describe('junit', () => {
  const results = [
    rollout,
    resultOf('control plane'),
    resultOf('b <c>', { cluster: '', verdict: 'error', reason: 'no \u0007 bell' }),
  ]
  const xml = junitOf(outcomeWith(results), new Date('2026-01-02T03:04:05.678Z'))
  const document = new DOMParser().parseFromString(xml, 'text/xml')
  const all = (name: string) => [...document.querySelectorAll(name)]

  // The schema of Ant, which is the strictest: elements in this order, and these attributes.
  it('has what the schema asks for', () => {
    const [suite] = all('testsuite')
    const names = (element: { children: Iterable<{ nodeName: string }> }) =>
      [...element.children].map(({ nodeName }) => nodeName.toLowerCase())
    expect(names(suite)).toEqual([
      'properties',
      ...['testcase', 'testcase', 'testcase'],
      'system-out',
      'system-err',
    ])
    const required = 'id name package timestamp hostname tests failures errors time'.split(' ')
    expect(required.map((name) => suite.getAttribute(name))).toEqual([
      '0',
      'capi-extension guard',
      'guard',
      '2026-01-02T03:04:05',
      'localhost',
      '3',
      '1',
      '1',
      '0',
    ])
    for (const one of all('testcase'))
      for (const name of ['name', 'classname', 'time']) expect(one.getAttribute(name)).toBeTruthy()
    for (const one of [...all('failure'), ...all('error')])
      expect(one.getAttribute('type')).toBeTruthy()
  })

  it('has the parts of Clusters as tests', () => {
    // The parser leaves these as they are.
    const tests = all('testcase').map((one) => [
      one.getAttribute('classname'),
      one.getAttribute('name'),
      one.children[0]?.nodeName.toLowerCase(),
    ])
    expect(tests).toEqual([
      ['default/demo', 'MachineDeployment md-0', 'failure'],
      ['default/demo', 'control plane', undefined],
      ['all', 'b &lt;c&gt;', 'error'],
    ])
    expect(xml).toContain('no \ufffd bell')
  })
})
