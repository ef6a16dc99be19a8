import { pino } from 'pino'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { handlerPath } from '../../../src/contract/contract.ts'
import { Discovery } from '../../../src/contract/discovery.ts'
import { BeforeClusterCreate } from '../../../src/contract/lifecycle.ts'
import { createApp } from '../../../src/extension/app.ts'
import type { Services } from '../../../src/handler/context.ts'
import type { Extension } from '../../../src/handler/extension.ts'
import { defineHook } from '../../../src/handler/hook.ts'
import { at, cluster } from '../../support/handlers.ts'
import { silent } from '../../support/silent.ts'

/** Calls a handler that answers with what it got, as a message. */
async function call(extension: Omit<Extension, 'hooks'>, settings?: object | null) {
  const lines: Record<string, unknown>[] = []
  const log = pino({ base: null }, { write: (line) => lines.push(JSON.parse(line)) })
  const hook = defineHook(
    BeforeClusterCreate,
    (given) => {
      const { settings, now } = given
      const told = { settings, quota: Reflect.get(given, 'quota'), now: now() }
      return { status: 'Success', message: JSON.stringify(told) }
    },
    { name: 'tells' },
  )
  const now = () => new Date(0)
  const app = createApp({ hooks: [hook], ...extension }, { log, now })
  const body = JSON.stringify({ cluster, settings })
  const response = await app.request(at('tells'), { method: 'POST', body })
  return { status: response.status, text: await response.text(), lines }
}

const answer = ({ text }: { text: string }) => JSON.parse(text)
const told = (response: { text: string }) => JSON.parse(answer(response).message)

it('gives a handler the settings as texts, and the time', async () => {
  expect(told(await call({}, { max: '5' }))).toEqual({
    settings: { max: '5' },
    now: '1970-01-01T00:00:00.000Z',
  })
  expect(told(await call({}))).toMatchObject({ settings: {} })
})

it('gives a handler what the schema of the settings makes of them', async () => {
  const settings = v.object({ max: v.optional(v.pipe(v.string(), v.toNumber()), '10') })
  expect(told(await call({ settings }, { max: '5' }))).toMatchObject({ settings: { max: 5 } })
  expect(told(await call({ settings }))).toMatchObject({ settings: { max: 10 } })
})

it.each([
  [v.object({ url: v.string() }), {}, '.url of the ExtensionConfig: required'],
  [v.object({ a: v.picklist(['b']) }), { a: 'SECRET' }, '.a of the ExtensionConfig: expected "b"'],
  [v.strictObject({}), { b: 'x' }, '.b of the ExtensionConfig: no such field'],
  [
    v.object({ url: v.pipe(v.string(), v.url('not a URL')) }),
    { url: 'SECRET' },
    '.url of the ExtensionConfig: not a URL',
  ],
])('refuses settings that do not fit, %#', async (settings, sent, message) => {
  const response = await call({ settings }, sent)
  expect(answer(response)).toMatchObject({
    status: 'Failure',
    message: `spec.settings${message}`,
  })
  expect(response.lines).toMatchObject([{ level: 40, msg: 'BeforeClusterCreate answered' }])
  expect(response.text).not.toContain('SECRET')
})

it('refuses settings that the schema cannot read, whatever the failurePolicy is', async () => {
  const rules = v.pipe(
    v.string(),
    v.transform((text): unknown => JSON.parse(text)),
  )
  const response = await call({ settings: v.object({ rules }) }, { rules: 'SECRET' })
  expect(answer(response)).toMatchObject({
    status: 'Failure',
    message:
      'spec.settings of the ExtensionConfig: the schema of the extension cannot read them, see its log',
  })
  expect(response.lines).toMatchObject([{ level: 40, err: { type: 'SyntaxError' } }])
})

it('takes null for no settings, and needs none for Discovery', async () => {
  const settings = v.object({ max: v.string() })
  expect(told(await call({}, null))).toMatchObject({ settings: {} })
  expect(answer(await call({ settings }, null))).toMatchObject({
    message: 'spec.settings.max of the ExtensionConfig: required',
  })
  const context = () => {
    throw new Error('of no call')
  }
  const app = createApp({ hooks: [], settings, context }, { log: silent })
  const body = JSON.stringify({})
  const discovery = await app.request(handlerPath(Discovery), { method: 'POST', body })
  expect(await discovery.json()).toMatchObject({ status: 'Success', handlers: [] })
})

it('makes the context anew for each call, with the services of that call', async () => {
  const signals: AbortSignal[] = []
  const context = ({ signal }: Services) => {
    signals.push(signal)
    return { quota: signals.length }
  }
  expect(told(await call({ context }))).toMatchObject({ quota: 1 })
  expect(told(await call({ context }))).toMatchObject({ quota: 2 })
  expect(signals[0]).not.toBe(signals[1])
})

it('gives a handler what the context of the project makes of the services', async () => {
  const context = async ({ settings, now, signal }: Services) => ({
    quota: { limit: settings['max'], year: now().getFullYear(), ended: signal.aborted },
  })
  expect(told(await call({ context }, { max: '5' }))).toMatchObject({
    settings: { max: '5' },
    quota: { limit: '5', year: 1970, ended: false },
  })
})

it('is 500 when the context throws', async () => {
  const context = () => {
    throw new Error('SECRET')
  }
  const { status, text, lines } = await call({ context })
  expect({ status, text }).toEqual({
    status: 500,
    text: 'BeforeClusterCreate handler "tells" failed, see its log',
  })
  expect(lines).toMatchObject([{ level: 50, err: { message: 'SECRET' } }])
})
