import { ApiException } from '@kubernetes/client-node'
import { expect, it } from 'vitest'
import { describeError } from '../../../../src/dev/sandbox/errors.ts'
import { StartError } from '../../../../src/messages/start-error.ts'

const refusal = (body: unknown) => new ApiException(422, 'Unsuccessful', body, {})

it.each([
  [refusal('{"message":"spec is bad"}'), 'spec is bad'],
  [refusal({ message: 'spec is bad' }), 'spec is bad'],
  [refusal('<html>'), 'the API server answered 422'],
  [new StartError('Go is needed'), 'Go is needed'],
  [new Error('etcd ended'), 'etcd ended'],
  ['text', 'text'],
])('%s is told in a line', (error, line) => {
  expect(describeError(error)).toBe(line)
})

it('a bug is told with the place', () => {
  expect(describeError(new TypeError('no such thing'))).toMatch(/^TypeError: no such thing\n +at /)
})
