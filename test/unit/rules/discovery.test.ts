import { describe, expect, it } from 'vitest'
import { checkDiscovery, registeredName } from '../../../src/rules/discovery.ts'

const apiVersion = 'hooks.runtime.cluster.x-k8s.io/v1alpha1'
const handler = { name: 'one', requestHook: { apiVersion, hook: 'BeforeClusterCreate' } }
const updater = { name: 'two', requestHook: { apiVersion, hook: 'UpdateMachine' } }

describe('the controller', () => {
  it.each([
    ['a handler', [handler], []],
    ['no handler', [], []],
    ['null', null, []],
    ['two for a lifecycle hook', [handler, { ...handler, name: 'two' }], []],
    ['63 characters', [{ ...handler, name: 'a'.repeat(63) }], []],
    ['64 characters', [{ ...handler, name: 'a'.repeat(64) }], ['handler-name']],
    ['upper case', [{ ...handler, name: 'One' }], ['handler-name']],
    ['a dot', [{ ...handler, name: 'one.two' }], ['handler-name']],
    ['a hyphen at the end', [{ ...handler, name: 'one-' }], ['handler-name']],
    ['no name', [{ requestHook: handler.requestHook }], ['handler-name']],
    ['one name twice', [handler, handler], ['handler-unique']],
    ['no time', [{ ...handler, timeoutSeconds: 0 }], []],
    ['30 s', [{ ...handler, timeoutSeconds: 30 }], []],
    ['31 s', [{ ...handler, timeoutSeconds: 31 }], ['handler-timeout']],
    ['negative seconds', [{ ...handler, timeoutSeconds: -1 }], ['handler-timeout']],
    ['Ignore', [{ ...handler, failurePolicy: 'Ignore' }], []],
    ['another policy', [{ ...handler, failurePolicy: 'ignore' }], ['handler-failure-policy']],
    [
      'another hook',
      [{ ...handler, requestHook: { apiVersion, hook: 'Other' } }],
      ['handler-hook'],
    ],
    [
      'another version',
      [{ ...handler, requestHook: { apiVersion: 'v1', hook: 'UpdateMachine' } }],
      ['handler-hook'],
    ],
    ['no hook', [{ name: 'one' }], ['handler-hook']],
    ['two for UpdateMachine', [updater, { ...updater, name: 'three' }], ['handler-single']],
  ])('of %s', (_, handlers, expected) => {
    const { findings } = checkDiscovery({ status: 'Success', handlers })
    expect(findings.map(({ rule }) => rule)).toEqual(expected)
  })

  it('fills in 10 s and Fail', () => {
    const listed = [handler, { ...handler, name: 'two', timeoutSeconds: 0 }]
    const own = { ...handler, name: 'three', timeoutSeconds: 3, failurePolicy: 'Ignore' }
    const { handlers } = checkDiscovery({ handlers: [...listed, own] })
    expect(handlers).toMatchObject([
      { name: 'one', timeoutSeconds: 10, failurePolicy: 'Fail' },
      { name: 'two', timeoutSeconds: 10, failurePolicy: 'Fail' },
      { name: 'three', timeoutSeconds: 3, failurePolicy: 'Ignore' },
    ])
  })

  it('calls a handler after its ExtensionConfig', () => {
    expect(registeredName({ name: 'one' }, 'config')).toBe('one.config')
  })
})
