import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { takeItems } from '../../../src/in-place-update/items.ts'

const files = (...names: string[]) =>
  names.map((name) => {
    const [path, content] = name.split(':')
    return { path, content }
  })
const takeFiles = (current: unknown, desired: unknown, ...paths: string[]) =>
  takeItems(current, desired, { key: 'path', when: ({ name }) => paths.includes(name) })

describe('items of a list', () => {
  it.each([
    ['a change', ['a:1', 'b:1'], ['a:2', 'b:2'], ['b'], ['a:1', 'b:2']],
    [
      'a new item at its place',
      ['a:1', 'c:1'],
      ['a:2', 'b:1', 'c:1'],
      ['b'],
      ['a:1', 'b:1', 'c:1'],
    ],
    ['a new item in front', ['b:1'], ['a:1', 'b:1'], ['a'], ['a:1', 'b:1']],
    [
      'new items in their order',
      ['z:1'],
      ['a:1', 'b:1', 'z:1', 'c:1'],
      ['c', 'b', 'a'],
      ['a:1', 'b:1', 'z:1', 'c:1'],
    ],
    [
      'a new item behind one that is not taken',
      ['z:1'],
      ['z:1', 'a:1', 'b:1'],
      ['b'],
      ['z:1', 'b:1'],
    ],
    ['a new item behind one that goes', ['a:1', 'b:1'], ['c:1', 'b:1'], ['a', 'c'], ['c:1', 'b:1']],
    ['an item that goes', ['a:1', 'b:1'], ['b:1'], ['a'], ['b:1']],
    ['nothing else', ['a:1', 'b:1'], ['c:1'], ['x'], ['a:1', 'b:1']],
  ])('takes %s', (_, current, desired, taken, expected) => {
    expect(takeFiles(files(...current), files(...desired), ...taken)).toEqual(files(...expected))
  })

  it('takes what comes where there was no list, and what goes with the list', () => {
    expect(takeFiles(undefined, files('a:1', 'b:1'), 'b')).toEqual(files('b:1'))
    expect(takeFiles(undefined, files('a:1'))).toBeUndefined()
    expect(takeFiles(files('a:1'), undefined, 'a')).toBeUndefined()
    expect(takeFiles(files('a:1'), [], 'a')).toEqual([])
    expect(takeFiles(files('a:1', 'b:1'), undefined, 'a')).toEqual(files('b:1'))
  })

  // Each could change what nobody asked about.
  it.each<[string, unknown, unknown]>([
    ['items change places', files('a:1', 'b:1'), files('b:1', 'a:2')],
    ['a name stands twice', files('a:1', 'a:2'), files('a:2')],
    ['a desired name stands twice', files('a:1'), files('a:1', 'a:2')],
    ['an item has no name', [{ content: '1' }], files('a:1')],
    ['a name is no text', [{ path: 5 }], files('a:1')],
    ['an item is no object', ['a'], ['b']],
    ['one side is no list', files('a:1'), { a: { path: 'a' } }],
    ['one side is a text', files('a:1'), 'a'],
    ['one side is null', files('a:1'), null],
  ])('takes nothing when %s', (_, current, desired) => {
    const when = () => true
    expect(takeItems(current, desired, { key: 'path', when })).toBe(current)
    expect(takeItems(desired, current, { key: 'path', when })).toBe(desired)
  })

  it('takes nothing without a key', () => {
    const current = files('a:1')
    expect(takeItems(current, files('a:2'), { when: () => true })).toBe(current)
  })

  it('asks of each item that differs, with both sides', () => {
    const asked: unknown[] = []
    const when = (change: object) => asked.push(change) < 0
    takeItems(files('a:1', 'b:1', 'c:1'), files('a:1', 'b:2', 'd:1'), { key: 'path', when })
    const [b1, b2, c, d] = files('b:1', 'b:2', 'c:1', 'd:1')
    expect(asked).toEqual([
      { name: 'b', current: b1, desired: b2 },
      { name: 'c', current: c, desired: undefined },
      { name: 'd', current: undefined, desired: d },
    ])
  })

  it('ends as desired where all is taken, and takes exactly what may be', () => {
    const list = fc.uniqueArray(fc.record({ path: fc.nat(9), content: fc.nat(2) }), {
      selector: ({ path }) => path,
    })
    fc.assert(
      fc.property(list, list, fc.uniqueArray(fc.nat(9)), (one, other, paths) => {
        const [current, desired] = [one, other].map((items) =>
          items
            .toSorted((left, right) => left.path - right.path)
            .map(({ path, content }) => ({ path: `${path}`, content })),
        )
        expect(takeItems(current, desired, { key: 'path', when: () => true })).toEqual(desired)
        const taken = takeItems(current, desired, {
          key: 'path',
          when: ({ name }) => paths.includes(Number(name)),
        }) as { path: string }[]
        const byPath = (items: { path: string }[] = []) =>
          Object.fromEntries(items.map((item) => [item.path, item]))
        const expected = [...Array(10).keys()].flatMap((path) => {
          const item = byPath(paths.includes(path) ? desired : current)[`${path}`]
          return item ? [item] : []
        })
        expect(byPath(taken)).toEqual(byPath(expected))
      }),
    )
  })
})

describe('items of a map', () => {
  const when = ({ name }: { name: string }) => name.startsWith('example.com/')

  it('are taken by key', () => {
    const current = { 'example.com/a': '1', 'example.com/b': '1', other: '1' }
    const desired = { 'example.com/a': '2', 'example.com/c': '1', other: '2' }
    expect(takeItems(current, desired, { when })).toEqual({ ...desired, other: '1' })
    expect(takeItems(undefined, desired, { when })).toEqual({
      'example.com/a': '2',
      'example.com/c': '1',
    })
    expect(takeItems({ 'example.com/a': '1' }, undefined, { when })).toBeUndefined()
    expect(takeItems({ 'example.com/a': '1' }, {}, { when })).toEqual({})
  })
})
