import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { VariableError } from '../../../src/topology/check-value.ts'
import { getVariable, mergeVariables } from '../../../src/topology/variable-values.ts'

const list = (values: Record<string, unknown>) =>
  Object.entries(values).map(([name, value]) => ({ name, value }))

describe('mergeVariables', () => {
  // Test MergeVariables in exp/runtime/topologymutation/variables_test.go.
  it('lets the template win, and merges builtin', () => {
    const classRef = { name: 'class', namespace: 'default' }
    const topology = { classRef, class: 'class', version: 'v1.21.1' }
    const merged = mergeVariables(
      list({
        builtin: { cluster: { name: 'demo', namespace: 'default', topology } },
        a: 'other',
        c: 'c',
      }),
      list({
        builtin: { controlPlane: { replicas: 3 }, cluster: { name: 'mine' } },
        a: 'a',
        b: 'b',
      }),
    )
    expect(merged).toEqual({
      builtin: {
        cluster: { name: 'mine', namespace: 'default', topology },
        controlPlane: { replicas: 3 },
      },
      a: 'a',
      b: 'b',
      c: 'c',
    })
  })

  it('replaces all other objects, and lists', () => {
    const merged = mergeVariables(
      list({ a: { b: 1 }, builtin: { cluster: { network: { pods: ['a', 'b'] } } } }),
      list({ a: { c: 1 }, builtin: { cluster: { network: { pods: ['c'] } } } }),
    )
    expect(merged).toEqual({ a: { c: 1 }, builtin: { cluster: { network: { pods: ['c'] } } } })
  })

  it.each([null, undefined, []])('takes %j for a list', (none) => {
    expect(mergeVariables(none, list({ a: 1 }))).toEqual({ a: 1 })
    expect(mergeVariables(list({ builtin: { a: 1 } }), none)).toEqual({ builtin: { a: 1 } })
  })

  it('lets the last of a name win', () => {
    expect(mergeVariables([...list({ a: 1 }), ...list({ a: 2 })], null)).toEqual({ a: 2 })
  })

  it('changes neither list, and no prototype', () => {
    const global = list({ builtin: { cluster: { name: 'a' } } })
    const own = list({ builtin: JSON.parse('{"cluster":{"__proto__":{"polluted":true}}}') })
    expect(JSON.stringify(mergeVariables(global, own))).toContain('{"polluted":true}')
    expect(global).toEqual(list({ builtin: { cluster: { name: 'a' } } }))
    expect({}).not.toHaveProperty('polluted')
  })
})

const evenText = v.pipe(
  v.string(),
  v.check(({ length }) => length % 2 === 0, 'must have an even number of characters'),
)

describe('getVariable', () => {
  const variables = {
    text: 'a',
    nothing: null,
    list: [{ path: '/a' }, [1, 2]],
    builtin: { controlPlane: { version: 'v1.36.4' } },
  }

  it.each([
    ['text', 'a'],
    ['builtin.controlPlane.version', 'v1.36.4'],
    ['list[0].path', '/a'],
    ['list[1][1]', 2],
    ['other', undefined],
    ['builtin.machineDeployment.version', undefined],
    ['nothing.a', undefined],
    ['list[2]', undefined],
    ['toString', undefined],
    ['builtin.constructor', undefined],
  ])('finds %s', (path, value) => {
    expect(getVariable(variables, path, v.unknown())).toBe(value)
  })

  it('gives the default of the schema where nothing is', () => {
    expect(getVariable(variables, 'other', v.optional(v.string(), 'x'))).toBe('x')
    expect(getVariable(variables, 'nothing.a', v.optional(v.string(), 'x'))).toBe('x')
    expect(getVariable(variables, 'text', v.optional(v.string(), 'x'))).toBe('a')
  })

  it.each([
    ['text', v.number(), 'variable "text": expected number'],
    ['text', evenText, 'variable "text": must have an even number of characters'],
    ['nothing', v.string(), 'variable "nothing": expected string'],
    ['list', v.array(v.object({ path: v.string() })), 'variable "list": [1].path: required'],
    ['text.a', v.string(), 'variable "text.a": no object to take a of'],
    ['list.path', v.string(), 'variable "list.path": no object to take path of'],
    ['text[0]', v.string(), 'variable "text[0]": no list to take [0] of'],
    ['builtin[0]', v.string(), 'variable "builtin[0]": no list to take [0] of'],
  ])('throws for %s', (path, schema, message) => {
    expect(() => getVariable(variables, path, schema)).toThrow(new VariableError(message))
  })

  it.each(['', 'a.', '.a', 'a..b', 'a[', 'a]', 'a[x]', 'a[-1]', '[0]', 'a[0]b'])(
    'refuses the path "%s"',
    (path) => {
      let error: unknown
      try {
        getVariable(variables, path, v.unknown())
      } catch (caught) {
        error = caught
      }
      expect(error).toBeInstanceOf(Error)
      expect(error).not.toBeInstanceOf(VariableError)
      expect(error).toHaveProperty(
        'message',
        `"${path}" is no path of a variable: write it like a.b[0].c`,
      )
    },
  )
})
