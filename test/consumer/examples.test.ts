import { once } from 'node:events'
import { cpSync, existsSync, readdirSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { run } from './command.ts'

const examples = 'test/examples'
const project = inject('project')
const folderOf = (name: string) => join(dirname(project), name)
beforeAll(() => {
  for (const name of readdirSync(examples)) {
    cpSync(join(examples, name), folderOf(name), { recursive: true })
    symlinkSync(join(project, 'node_modules'), join(folderOf(name), 'node_modules'))
  }
})

describe.each(readdirSync(examples))('the example %s', (name) => {
  it('compiles', () => run(folderOf(name), 'npm', 'run', 'check'))

  it('builds', () => run(folderOf(name), 'npm', 'run', 'build'))

  it.skipIf(!existsSync(join(examples, name, 'test')))('passes its tests', () =>
    run(folderOf(name), 'npm', 'test'),
  )
})

/** Plays a Cluster's life against an example: the summary. */
async function demo(name: string, ...options: string[]): Promise<unknown> {
  const stdout = await run(
    folderOf(name),
    'npm',
    'run',
    '--silent',
    'demo',
    '--',
    '--json',
    ...options,
  )
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
}

it('the example patches keeps the contract', async () => {
  expect(await demo('patches')).toMatchObject({ breaks: 0 })
})

it('the example policy keeps the contract while its quota service agrees', async () => {
  const service = createServer((_, response) => response.end('{ "clustersLeft": 1 }'))
  await once(service.listen(0, '127.0.0.1'), 'listening')
  const address = service.address()
  const port = typeof address === 'object' ? address?.port : undefined
  try {
    const settings = [`quotaUrl=http://127.0.0.1:${port}`, 'maintenanceWindow=00:00-23:59']
    const options = settings.flatMap((setting) => ['--setting', setting])
    expect(await demo('policy', ...options)).toMatchObject({ breaks: 0 })
  } finally {
    service.close()
  }
})
