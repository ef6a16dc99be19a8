import { describe, expect, it } from 'vitest'
import {
  AfterControlPlaneInitialized,
  BeforeClusterDelete,
} from '../../../src/contract/lifecycle.ts'
import { ValidateTopology } from '../../../src/contract/topology.ts'
import { AnswerError, answerOf, storedReply } from '../../../src/handler/answer.ts'
import { at, body, reply } from '../../support/handlers.ts'
import { serve } from '../../support/serve.ts'

const request = { cluster: { metadata: { name: 'demo', namespace: 'default' }, spec: {} } }

describe('a reply that is no answer', () => {
  // Each would let a refused topology pass, or delete the Cluster, if it became a Success.
  it.each([
    ['false', false, 'a boolean'],
    ['true', true, 'a boolean'],
    ['a number', 30, 'a number'],
    ['a string', 'not yet', 'a string'],
    ['null', null, 'null'],
    ['a list', [{ retryAfterSeconds: 30, message: 'Not yet' }], 'a list'],
    ['a function', () => ({ status: 'Failure', message: 'No' }), 'a function'],
    ['a Map', new Map([['status', 'Failure']]), 'an object of a class'],
    ['an Error', new Error('No'), 'an object of a class'],
    [
      'an heir of a Failure',
      Object.create(Object.assign(Object.create(null), { status: 'Failure', message: 'No' })),
      'an object of a class',
    ],
    ['a Response', new Response('No', { status: 403 }), 'an object of a class'],
  ])('%s is refused', (_, given, described) => {
    for (const contract of [ValidateTopology, BeforeClusterDelete])
      expect(() => answerOf(contract, request, given)).toThrow(
        new AnswerError(
          `a handler returns nothing or a plain object, this one returned ${described}`,
        ),
      )
  })

  it.each([
    ['of 0 seconds', { retryAfterSeconds: 0, message: 'Done' }],
    ['of less', { retryAfterSeconds: -5, message: 'Not yet' }],
    ['of half a second', { retryAfterSeconds: 0.5, message: 'Not yet' }],
    ['of a string', { retryAfterSeconds: '5', message: 'Not yet' }],
    ['of null', { retryAfterSeconds: null, message: 'Not yet' }],
    ['of NaN', { retryAfterSeconds: Number.NaN, message: 'Not yet' }],
    // Go reads an int32, and nothing of an answer with more: failurePolicy Ignore makes that a yes.
    ['of milliseconds since 1970', { retryAfterSeconds: 2 ** 31, message: 'Not yet' }],
  ])('a block %s is refused', (_, given) => {
    expect(() => answerOf(BeforeClusterDelete, request, given)).toThrow(
      new AnswerError(
        'retryAfterSeconds is a whole number from 1 to 2147483647; to go on, a handler leaves it out',
      ),
    )
  })

  it.each([
    ['a block', { retryAfterSeconds: 5 }],
    ['a block', { retryAfterSeconds: 5, message: '' }],
    ['a Failure', { status: 'Failure' }],
    ['a Failure', { status: 'Failure', message: '' }],
    ['a Failure', { status: 'Failure', message: ' \n' }],
  ])('%s without a message is refused: %j', (what, given) => {
    expect(() => answerOf(BeforeClusterDelete, request, given)).toThrow(
      new AnswerError(`${what} needs a message for the users`),
    )
  })

  // Meant as a refusal or a block, it would delete the Cluster.
  it.each([[BeforeClusterDelete], [ValidateTopology]])(
    '%# a message alone is refused',
    (contract) => {
      expect(() => answerOf(contract, request, { message: 'A backup is running' })).toThrow(
        new AnswerError(
          "a message alone would go on: with status 'Success' it may, 'Failure' refuses, retryAfterSeconds waits",
        ),
      )
      const said = { status: 'Success', message: 'Nothing to back up' }
      expect(answerOf(contract, request, said)).toMatchObject(said)
    },
  )

  it('a block of a hook that cannot block is refused', () => {
    const block = { retryAfterSeconds: 5, message: 'Not yet' }
    expect(() => answerOf(ValidateTopology, request, block)).toThrow(
      new AnswerError('this hook cannot block: its response has no retryAfterSeconds'),
    )
  })

  it('is 500 on the wire, and the log names it', async () => {
    const served = await serve([reply('says-false', false)])
    expect(await served.call(at('says-false'), body)).toMatchObject({
      status: 500,
      text: 'BeforeClusterCreate handler "says-false" answered what its hook does not allow, see its log',
    })
    expect(served.lines.at(-1)).toMatchObject({
      level: 50,
      handler: 'says-false',
      err: { message: expect.stringContaining('this one returned a boolean') },
    })
    await served.close()
  })
})

describe('an answer', () => {
  it.each([
    ['nothing', undefined, { status: 'Success', retryAfterSeconds: 0 }],
    ['the name of another kind', { kind: 'Other' }, { kind: 'BeforeClusterDeleteResponse' }],
    ['no fields', {}, { status: 'Success', retryAfterSeconds: 0 }],
    [
      'no prototype',
      Object.assign(Object.create(null), { status: 'Success', message: 'Fine' }),
      { message: 'Fine' },
    ],
    // What refuses stays a refusal: as a bug, failurePolicy Ignore would forgive it.
    [
      'a Failure',
      { status: 'Failure', message: 'No', retryAfterSeconds: 0 },
      { status: 'Failure' },
    ],
  ])('may be %s', (_, given, answer) => {
    expect(answerOf(BeforeClusterDelete, request, given)).toMatchObject(answer)
  })

  it.each([
    [{ status: 'Success', retryAfterSeconds: 0 }],
    [{ status: 'Success', retryAfterSeconds: 5 }],
    [{ status: 'Failure' }],
    [{ status: 'Failure', message: '' }],
  ])('that was stored passes as it is: %j', (given) => {
    expect(answerOf(BeforeClusterDelete, request, storedReply(given))).toMatchObject(given)
    // A copy is the handler's own.
    expect(() => answerOf(BeforeClusterDelete, request, { ...given })).toThrow(AnswerError)
  })

  it('that was stored keeps the contract all the same', () => {
    const given = storedReply({ status: 'Success', retryAfterSeconds: 5 })
    expect(() => answerOf(AfterControlPlaneInitialized, request, given)).toThrow(AnswerError)
  })
})
