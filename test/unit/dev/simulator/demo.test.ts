import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { BeforeClusterCreate } from '../../../../src/contract/lifecycle.ts'
import { createClient } from '../../../../src/dev/simulator/client.ts'
import { type DemoOptions, runDemo } from '../../../../src/dev/simulator/demo.ts'
import { startExtension } from '../../../../src/dev/simulator/demo-extension.ts'
import type { SimulationEvent } from '../../../../src/dev/simulator/events.ts'
import { names } from '../../../../src/dev/simulator/objects/cluster.ts'
import type { JsonObject } from '../../../../src/json/json.ts'
import { type Answer, discovery, startFakeExtension, testCertificates } from './fake-extension.ts'

async function writeCertificates() {
  const { ca, cert, key } = await testCertificates()
  const directory = mkdtempSync(join(tmpdir(), 'demo-'))
  writeFileSync(join(directory, 'ca.crt'), ca)
  writeFileSync(join(directory, 'tls.crt'), cert)
  writeFileSync(join(directory, 'tls.key'), key)
  return { ca, directory }
}

const handlers = discovery()['handlers'] as JsonObject[]

async function demo(answers: Readonly<Record<string, Answer>> = {}) {
  const { directory: certificateDirectory } = await writeCertificates()
  const events: SimulationEvent[] = []
  const done: string[] = []
  const startExtension: DemoOptions['startExtension'] = async (directory, tell) => {
    tell('a patch matched nothing')
    done.push(`start ${directory === certificateDirectory}`)
    const extension = await startFakeExtension(answers)
    return {
      url: extension.url,
      async close() {
        done.push('close')
        extension.close()
      },
    }
  }
  const summary = runDemo({
    startExtension,
    certificateDirectory,
    emit: (event) => events.push(event),
    clock: { now: () => 0, sleep: async () => {} },
  })
  return { summary, events, done }
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

it('fails with the reason when a hook was not called, and stops the extension', async () => {
  const { summary, done } = await demo({
    CanUpdateMachine: () => ({ status: 'Success' }),
    CanUpdateMachineSet: () => ({ status: 'Success' }),
  })
  await expect(summary).rejects.toThrow('UpdateMachine was not called: not reached')
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

it('serves the hooks of the project in a process of their own, without an API server', async () => {
  const { ca, directory } = await writeCertificates()
  const extension = await startExtension(directory, () => {})
  const settings = { extensionConfigName: 'extension' }
  const client = createClient({ url: extension.url, ca, settings })
  const { cluster: name, namespace } = names
  const cluster = {
    apiVersion: 'cluster.x-k8s.io/v1beta2',
    metadata: { name, namespace },
    spec: {},
  }
  const create = async () =>
    (await client.call(BeforeClusterCreate, 'before-cluster-create', { cluster }, 10)).answer
  try {
    expect(await create()).toMatchObject({ status: 'Success', retryAfterSeconds: 0 })
  } finally {
    client.close()
    await extension.close()
  }
  const again = await client.call(BeforeClusterCreate, 'before-cluster-create', { cluster }, 10)
  expect(again.error?.rule).toBe('no-answer')
})

it('says in one message why the extension does not start', async () => {
  await expect(startExtension('/no/such', () => {})).rejects.toThrow(
    'the extension ended with code 1, see above',
  )
})
