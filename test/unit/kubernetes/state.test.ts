import { describe, expect, it } from 'vitest'
import { configMapState } from '../../../src/kubernetes/config-map-state.ts'
import { memoryApi } from '../../../src/kubernetes/memory-api.ts'
import { memoryState, memoryStates } from '../../../src/kubernetes/memory-state.ts'
import type { ObjectReference, RequestObject } from '../../../src/kubernetes/objects.ts'
import { StateError } from '../../../src/kubernetes/state-entries.ts'

const owner = {
  apiVersion: 'cluster.x-k8s.io/v1beta2',
  kind: 'Cluster',
  metadata: { name: 'demo', namespace: 'default', uid: 'demo-uid' },
}
const soon = () => AbortSignal.timeout(10_000)

/** A clock that tests move. */
function clock() {
  let milliseconds = Date.parse('2026-01-01T00:00:00Z')
  return {
    now: () => new Date(milliseconds),
    forward(seconds: number) {
      milliseconds += seconds * 1000
    },
  }
}

const kinds = {
  memory: (now?: () => Date) => memoryStates(now),
  'ConfigMaps of a memoryApi': (now?: () => Date) => {
    const api = memoryApi()
    const until = (signal?: AbortSignal) => ({
      ...api,
      async get<T extends object>(reference: ObjectReference) {
        signal?.throwIfAborted()
        return api.get<T>(reference)
      },
    })
    return configMapState(until, 'quota', now)
  },
}

describe.each(Object.entries(kinds))('a state in %s', (_, states) => {
  it('gives what was set, to all calls, for one object', async () => {
    const open = states()
    const state = open(soon())(owner)
    expect(await state.get('count')).toBeUndefined()
    expect(await state.update('count', (count: number | undefined) => count)).toBeUndefined()
    expect(await state.update<number>('count', (count = 0) => count + 1)).toBe(1)
    expect(await open(soon())(owner).update<number>('count', (count = 0) => count + 1)).toBe(2)
    await state.update('plan', () => ({ steps: ['v1.35.0'], done: undefined }))
    expect(await state.get('plan')).toEqual({ steps: ['v1.35.0'] })
    expect(await state.get('count')).toBe(2)
    const metadata = { ...owner.metadata, name: 'other', uid: 'other-uid' }
    expect(await open(soon())({ ...owner, metadata }).get('count')).toBeUndefined()
    expect(await open(soon())({ ...owner, kind: 'Machine' }).get('count')).toBeUndefined()
    expect(await state.update('count', () => undefined)).toBeUndefined()
    expect(await state.get('count')).toBeUndefined()
  })

  it('gives values that nobody else can change', async () => {
    const state = states()(soon())(owner)
    const value = { list: ['a'] }
    await state.update('value', () => value)
    value.list.push('b')
    const got = await state.get<typeof value>('value')
    got?.list.push('c')
    expect(await state.get('value')).toEqual({ list: ['a'] })
  })

  it('counts right when many write at the same time', async () => {
    const open = states()
    const add = () => open(soon())(owner).update<number>('count', (count = 0) => count + 1)
    const counts = await Promise.all(Array.from({ length: 10 }, add))
    expect(counts.sort((a = 0, b = 0) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  it.each(['', '.', '..', '..a', 'a/b', 'ä', 'once.a', 'a'.repeat(249)])(
    'takes no key "%s"',
    async (key) => {
      const state = states()(soon())(owner)
      await expect(state.get(key)).rejects.toThrow(StateError)
      await expect(state.update(key, () => 1)).rejects.toThrow('is no key of a state')
      await expect(state.once(key, () => 1)).rejects.toThrow('is no key of a state')
    },
  )

  it.each(['__proto__', 'constructor', '.a', 'a..b', 'A_b-9', 'a'.repeat(248)])(
    'takes a key "%s"',
    async (key) => {
      const state = states()(soon())(owner)
      expect(await state.get(key)).toBeUndefined()
      await state.update(key, () => 1)
      expect(await state.get(key)).toBe(1)
      expect(await state.once(key, () => 2)).toBe(2)
    },
  )

  it('runs once, and gives the result to later calls', async () => {
    const open = states()
    let runs = 0
    const run = async () => ({ ticket: ++runs })
    const results = await Promise.all([1, 2, 3].map(() => open(soon())(owner).once('ticket', run)))
    expect(results).toEqual([{ ticket: 1 }, { ticket: 1 }, { ticket: 1 }])
    expect(await open(soon())(owner).once('ticket', run)).toEqual({ ticket: 1 })
    expect(await open(soon())(owner).once('other', async () => {})).toBeUndefined()
    expect(await open(soon())(owner).once('other', () => 1)).toBeUndefined()
    expect(await open(soon())(owner).get('ticket')).toBeUndefined()
  })

  it('runs again after a throw, with the same idempotency key', async () => {
    const open = states()
    const keys: string[] = []
    const run = (result: () => string) => (idempotencyKey: string) => {
      keys.push(idempotencyKey)
      return result()
    }
    const fail = run(() => {
      throw new Error('no answer')
    })
    const options = { afterCrash: 'skip' } as const
    await expect(open(soon())(owner).once('a', fail, options)).rejects.toThrow('no answer')
    await expect(open(soon())(owner).once('a', fail)).rejects.toThrow('no answer')
    expect(
      await open(soon())(owner).once(
        'a',
        run(() => 'done'),
        options,
      ),
    ).toBe('done')
    expect(
      await open(soon())(owner).once(
        'b',
        run(() => 'done'),
      ),
    ).toBe('done')
    expect(keys).toEqual([keys[0], keys[0], keys[0], expect.not.stringContaining(`${keys[0]}`)])
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('waits while another call runs, until its own call ends', async () => {
    const { now, forward } = clock()
    const open = states(now)
    const running = Promise.withResolvers<void>()
    const first = open(soon())(owner).once('a', async () => {
      await running.promise
      return 'first'
    })
    await expect(open(AbortSignal.timeout(50))(owner).once('a', () => 'second')).rejects.toThrow(
      /demo.*: another call runs "a"/,
    )
    forward(44)
    const third = open(soon())(owner).once('a', () => 'third')
    running.resolve()
    expect(await Promise.all([first, third])).toEqual(['first', 'first'])
  })

  it('runs again or never when a call has ended in between', async () => {
    const { now, forward } = clock()
    const open = states(now)
    const keys: string[] = []
    const crashed = open(soon())(owner).once('a', async (idempotencyKey) => {
      keys.push(idempotencyKey)
      await new Promise(() => {})
    })
    crashed.catch(() => {})
    await expect.poll(() => keys).toHaveLength(1)
    forward(46)
    const skip = { afterCrash: 'skip' } as const
    expect(await open(soon())(owner).once('a', () => 'second', skip)).toBeUndefined()
    const again = (idempotencyKey: string) => {
      keys.push(idempotencyKey)
      return 'again'
    }
    expect(await open(soon())(owner).once('a', again)).toBe('again')
    expect(keys).toEqual([keys[0], keys[0]])
    expect(await open(soon())(owner).once('a', () => 'later', skip)).toBe('again')
  })

  it('gives the result that was kept first when a call was too late', async () => {
    const { now, forward } = clock()
    const open = states(now)
    const slow = Promise.withResolvers<string>()
    const first = open(soon())(owner).once('a', () => slow.promise)
    await expect
      .poll(() =>
        open(AbortSignal.timeout(10))(owner)
          .once('a', () => '')
          .catch(String),
      )
      .toMatch('another call')
    forward(46)
    expect(await open(soon())(owner).once('a', () => 'second')).toBe('second')
    slow.resolve('first')
    expect(await first).toBe('second')
  })

  it('keeps a result although the call has ended', async () => {
    const open = states()
    const controller = new AbortController()
    const run = () => {
      controller.abort()
      return 'done'
    }
    expect(await open(controller.signal)(owner).once('a', run)).toBe('done')
    expect(await open(soon())(owner).once('a', () => 'again')).toBe('done')
    await expect(open(controller.signal)(owner).get('a')).rejects.toThrow('aborted')
  })

  it.each<Partial<RequestObject>>([
    { kind: null },
    { apiVersion: undefined },
    { metadata: { name: 'demo' } },
  ])('needs to know the owner: %j', (change) => {
    const state = states()(soon())
    expect(() => state({ ...owner, ...change })).toThrow('the owner of a state needs apiVersion')
  })
})

it('takes objects of one name with other uids for different ones in memory', async () => {
  const state = memoryState()
  await state(owner).update('a', () => 1)
  const metadata = { ...owner.metadata, uid: 'other' }
  expect(await state({ ...owner, metadata }).get('a')).toBeUndefined()
})
