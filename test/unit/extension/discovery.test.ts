import { describe, expect, it } from 'vitest'
import { apiVersion } from '../../../src/contract/contract.ts'
import { BeforeClusterCreate, BeforeClusterDelete } from '../../../src/contract/lifecycle.ts'
import { discoveryOf } from '../../../src/extension/discovery.ts'
import { defineHook } from '../../../src/handler/hook.ts'
import { callHook } from '../../../src/testing/call-hook.ts'

const named = (name: string, timeoutSeconds?: number) =>
  defineHook(BeforeClusterCreate, () => {}, {
    name,
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
  })

it('announces timeoutSeconds and failurePolicy only where they are given', async () => {
  const own = defineHook(BeforeClusterDelete, () => {}, {
    timeoutSeconds: 0,
    failurePolicy: 'Ignore',
  })
  const { handlers } = await callHook(discoveryOf([named('a'), own]), {})
  expect(handlers).toEqual([
    { name: 'a', requestHook: { apiVersion, hook: 'BeforeClusterCreate' } },
    {
      name: 'before-cluster-delete',
      requestHook: { apiVersion, hook: 'BeforeClusterDelete' },
      timeoutSeconds: 0,
      failurePolicy: 'Ignore',
    },
  ])
})

describe('refuses to start with', () => {
  it.each([
    [
      'a name twice',
      [named('a'), named('a')],
      /^handler "a" of BeforeClusterCreate: another handler/,
    ],
    ['an upper case name', [named('Quota')], /^handler "Quota" of BeforeClusterCreate: a name has/],
    ['a dot in a name', [named('a.b')], /a name has at most 63/],
    ['a dash at the end', [named('a-')], /a name has at most 63/],
    ['an empty name', [named('')], /a name has at most 63/],
    ['64 letters', [named('a'.repeat(64))], /a name has at most 63/],
    [
      'a timeout above 30',
      [named('a', 31)],
      /timeoutSeconds is 31, it must be a whole number from 0 to 30/,
    ],
    ['a timeout below 0', [named('a', -1)], /timeoutSeconds is -1/],
    ['a broken timeout', [named('a', 1.5)], /timeoutSeconds is 1.5/],
    [
      'another failurePolicy',
      [{ ...named('a'), failurePolicy: JSON.parse('"ignore"') }],
      /failurePolicy is ignore, it must be Fail or Ignore/,
    ],
  ])('%s', (_, list, message) => {
    expect(() => discoveryOf(list)).toThrow(message)
  })

  it('but not with the longest name and both ends of the timeout', () => {
    expect(() => discoveryOf([named('a'.repeat(63), 0), named('9-z', 30)])).not.toThrow()
  })
})
