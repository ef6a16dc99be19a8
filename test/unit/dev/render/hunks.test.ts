import { load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { diffLines } from '../../../../src/dev/render/diff-lines.ts'
import { hunksOf } from '../../../../src/dev/render/hunks.ts'
import { pathText, yamlLines } from '../../../../src/dev/render/yaml-lines.ts'

const object = {
  spec: {
    files: [{ path: '/a', content: 'first\n  second\n\nlast\n' }, ['x', []], {}],
    size: null,
    text: 'true',
    'a/b': 'no end',
  },
}

describe('lines of YAML', () => {
  const lines = yamlLines(object)

  it('say what the object says', () => {
    expect(load(lines.map(({ text }) => text).join('\n'))).toEqual(object)
  })

  it('know their paths', () => {
    const paths = lines.map(({ path }) => pathText(path))
    expect(paths.slice(0, 3)).toEqual(['spec', 'spec["a/b"]', 'spec.files'])
    const second = lines.findIndex(({ text }) => text.endsWith('second'))
    expect(paths[second]).toBe('spec.files[0].content')
    expect(paths).toContain('spec.files[1][0]')
  })
})

describe('a difference of lines', () => {
  const signs = (before: string, after: string) => {
    const of = (letters: string) => [...letters].map((text) => ({ text }))
    return diffLines(of(before), of(after)).map(({ sign, line }) => `${sign}${line.text}`.trim())
  }

  it.each([
    ['', '', []],
    ['ab', 'ab', ['a', 'b']],
    ['', 'a', ['+a']],
    ['abc', 'ac', ['a', '-b', 'c']],
    ['abcd', 'aXcd', ['a', '-b', '+X', 'c', 'd']],
    ['aab', 'ab', ['a', '-a', 'b']],
    ['xaybz', 'ab', ['-x', 'a', '-y', 'b', '-z']],
  ])('from "%s" to "%s" is as short as can be', (before, after, expected) => {
    expect(signs(before, after)).toEqual(expected)
  })

  it('of many lines is found without a large table', () => {
    const many = (word: string) => Array.from({ length: 3000 }, (_, i) => ({ text: `${word}${i}` }))
    const lines = diffLines(many('a'), many('b'))
    expect(lines.map(({ sign }) => sign).join('')).toBe('-'.repeat(3000) + '+'.repeat(3000))
  })
})

describe('hunks', () => {
  it('have a path that holds all that changes, and a few lines around', () => {
    const before = { spec: { a: { x: 1, w: 1 }, b: [1, 2, 3, 4, 5, 6], z: 1 } }
    const after = { spec: { a: { x: 2, w: 2 }, b: [1, 2, 3, 4, 5, 6], z: 2 } }
    expect(hunksOf(before, after)).toEqual([
      {
        path: 'spec.a',
        lines: [
          { sign: ' ', text: 'spec:' },
          { sign: ' ', text: '  a:' },
          { sign: '-', text: '    w: 1' },
          { sign: '-', text: '    x: 1' },
          { sign: '+', text: '    w: 2' },
          { sign: '+', text: '    x: 2' },
          { sign: ' ', text: '  b:' },
          { sign: ' ', text: '  - 1' },
        ],
      },
      {
        path: 'spec.z',
        lines: [
          { sign: ' ', text: '- 5' },
          { sign: ' ', text: '- 6' },
          { sign: '-', text: 'z: 1' },
          { sign: '+', text: 'z: 2' },
        ],
      },
    ])
  })

  it('of a text show its lines that change', () => {
    const of = (second: string) => ({ content: `first\n${second}\nthird\n` })
    const [hunk, ...others] = hunksOf(of('a'), of('b'))
    expect(others).toEqual([])
    expect(hunk?.path).toBe('content')
    expect(hunk?.lines.filter(({ sign }) => sign !== ' ').map(({ text }) => text.trim())).toEqual([
      'a',
      'b',
    ])
  })

  it('of equal objects are none', () => {
    expect(hunksOf({ a: 1, b: 2 }, { b: 2, a: 1 })).toEqual([])
  })
})
