import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { BeforeClusterCreate } from '../../../../src/contract/lifecycle.ts'
import { certificateDirectory } from '../../../../src/dev/certificate-directory.ts'
import { createClient } from '../../../../src/dev/simulator/client.ts'
import { type DemoOptions, runDemo } from '../../../../src/dev/simulator/demo.ts'
import { startDemoExtension } from '../../../../src/dev/simulator/demo-extension.ts'
import type { SimulationEvent } from '../../../../src/dev/simulator/events.ts'
import type { JsonObject } from '../../../../src/json/json.ts'
import {
  type Answer,
  discovery,
  type Received,
  startFakeExtension,
  testCertificates,
} from './fake-extension.ts'

/** A folder with the development certificates of a project. */
async function projectFolder() {
  const { ca, cert, key } = await testCertificates()
  const root = mkdtempSync(join(tmpdir(), 'demo-'))
  const directory = certificateDirectory(root)
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'ca.crt'), ca)
  writeFileSync(join(directory, 'tls.crt'), cert)
  writeFileSync(join(directory, 'tls.key'), key)
  return root
}

const handlers = discovery()['handlers'] as JsonObject[]
const settings = { quota: '3', dry: 'true' }

async function demo(
  answers: Readonly<Record<string, Answer>> = {},
  options: Partial<DemoOptions> = {},
) {
  const root = await projectFolder()
  const events: SimulationEvent[] = []
  const done: string[] = []
  const received: Received[] = []
  const startExtension: DemoOptions['startExtension'] = async (folder, tell) => {
    tell('a patch matched nothing')
    done.push(`start ${folder === root}`)
    const extension = await startFakeExtension(answers)
    return {
      url: extension.url,
      async close() {
        done.push('close')
        received.push(...extension.received)
        extension.close()
      },
    }
  }
  const summary = runDemo({
    project: { root, extensionConfig: { name: 'fleet', settings } },
    startExtension,
    emit: (event) => events.push(event),
    clock: { now: () => 0, sleep: async () => {} },
    ...options,
  })
  return { summary, events, done, received }
}

it('calls all 17 hooks, and stops the extension', async () => {
  const { summary, done } = await demo()
  expect(await summary).toMatchObject({ breaks: 0, hooksSkipped: [] })
  expect((await summary).hooksCalled).toHaveLength(17)
  expect(done).toEqual(['start true', 'close'])
})

it('repeats behind the summary what the extension said', async () => {
  const { summary, events } = await demo()
  await summary
  expect(events.slice(-2)).toMatchObject([
    { event: 'summary' },
    { event: 'note', text: 'The extension said: a patch matched nothing' },
  ])
})

it('is content, and says so, when no answer leads to UpdateMachine', async () => {
  const { summary } = await demo({
    CanUpdateMachine: () => ({ status: 'Success' }),
    CanUpdateMachineSet: () => ({ status: 'Success' }),
  })
  const hooksSkipped = [{ hook: 'UpdateMachine', reason: 'not reached' }]
  expect(await summary).toMatchObject({ breaks: 0, hooksSkipped })
})

it('calls with the settings of the project, and others in the place of some', async () => {
  const { summary, received, events } = await demo({}, { settings: { quota: '4', team: 'a' } })
  await summary
  const call = received.find(({ hook }) => hook === 'BeforeClusterCreate')
  expect(call?.request['settings']).toEqual({ quota: '4', dry: 'true', team: 'a' })
  const text = expect.stringMatching(/generatePatchesExtension: \S+\.fleet$/)
  expect(events).toContainEqual({ event: 'note', text })
})

it('stops the extension when the demo cannot go on', async () => {
  const { summary, done } = await demo({}, { variables: { none: 1 } })
  await expect(summary).rejects.toThrow('variable none: no handler discovers it')
  expect(done.at(-1)).toBe('close')
})

it.each(handlers.map((handler) => [String(handler['name']), handler]))(
  'is content with the one hook of %s',
  async (_, handler) => {
    const { summary } = await demo({
      Discovery: () => ({ status: 'Success', handlers: [handler] }),
      // Who says otherwise needs UpdateMachine too.
      CanUpdateMachine: () => ({ status: 'Success' }),
      CanUpdateMachineSet: () => ({ status: 'Success' }),
    })
    expect(await summary).toMatchObject({ breaks: 0 })
  },
)

it('is content with no hook at all', async () => {
  const { summary } = await demo({ Discovery: () => ({ status: 'Success', handlers: [] }) })
  expect(await summary).toMatchObject({ breaks: 0, hooksCalled: ['Discovery'] })
})

it('goes on where a handler blocks for longer than anyone watches', async () => {
  const message = 'Waiting for quota'
  const { summary, events } = await demo({
    BeforeClusterUpgrade: () => ({ status: 'Success', retryAfterSeconds: 300, message }),
  })
  expect(await summary).toMatchObject({ breaks: 0, hooksSkipped: [] })
  expect(events).toContainEqual({
    event: 'note',
    text: `BeforeClusterUpgrade is not waited for any longer: after 0 s it still wants 300 s: ${message}`,
  })
})

it('tells what breaks the contract', async () => {
  const { summary } = await demo({ ValidateTopology: () => ({ status: 'OK' }) })
  expect((await summary).breaks).toBeGreaterThan(0)
})

it('serves the project in a folder as a process of its own, without an API server', async () => {
  const root = await projectFolder()
  const hook = new URL('../../../../src/handler/hook.ts', import.meta.url)
  const contract = new URL('../../../../src/contract/lifecycle.ts', import.meta.url)
  const serve = new URL('../../../../src/extension/serve.ts', import.meta.url)
  mkdirSync(join(root, 'src'))
  writeFileSync(join(root, 'package.json'), '{"type":"module"}')
  writeFileSync(
    join(root, 'src/main.ts'),
    `import { defineHook } from '${hook}'
    import { BeforeClusterCreate } from '${contract}'
    import { serve } from '${serve}'
    const hold = defineHook(BeforeClusterCreate, () => ({ retryAfterSeconds: 7, message: 'hold' }))
    serve({ name: 'own', hooks: [hold] })`,
  )
  const extension = await startDemoExtension(root, () => {})
  const { ca } = await testCertificates()
  const client = createClient({ url: extension.url, ca, settings: {} })
  const cluster = { metadata: { name: 'demo', namespace: 'default' }, spec: {} }
  const create = () => client.call(BeforeClusterCreate, 'before-cluster-create', { cluster }, 10)
  try {
    expect((await create()).answer).toMatchObject({ status: 'Success', retryAfterSeconds: 7 })
  } finally {
    client.close()
    await extension.close()
  }
  expect((await create()).error?.rule).toBe('no-answer')
})

it('says in one message why the extension does not start', async () => {
  const root = await projectFolder()
  mkdirSync(join(root, 'src'))
  writeFileSync(join(root, 'src/main.ts'), 'process.exitCode = 3')
  await expect(startDemoExtension(root, () => {})).rejects.toThrow(
    'the extension ended with code 3, see above',
  )
})
