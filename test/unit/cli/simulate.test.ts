import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type Answer, startFakeExtension } from '../dev/simulator/fake-extension.ts'
import { run } from './run.ts'

const ca = join(mkdtempSync(join(tmpdir(), 'simulate-')), 'ca.crt')
writeFileSync(ca, 'PEM')
const url = ['--url', 'https://localhost:9443']
const both = [...url, '--ca', ca]
const see = 'see capi-extension simulate --help'

it.each([
  [[], `required option '--url <URL>' not specified: ${see}`],
  [url, `required option '--ca <FILE>' not specified: ${see}`],
  [['--url', 'nonsense', '--ca', ca], '--url: "nonsense" is no URL such as https://localhost:9443'],
  [
    ['--url', 'http://a', '--ca', ca],
    '--url: Cluster API calls extensions over https only, not http://',
  ],
  [[...url, '--ca', '/none'], "--ca: ENOENT: no such file or directory, open '/none'"],
  [[...both, '--setting', 'a'], '--setting: "a" is not like NAME=VALUE'],
  [[...both, '--variable', '=a'], '--variable: "=a" is not like NAME=VALUE'],
  [[...both, '--from', 'new'], '--from and --to are versions such as v1.34.0'],
  [[...both, '--from', 'v1.36.4'], '--to has to be above --from'],
  [[...both, '--max-block', 'long'], '--max-block is a number of seconds'],
  [[...both, '--max-block='], '--max-block is a number of seconds'],
  [[...both, '--other'], `unknown option '--other': ${see}`],
  [[...both, 'more'], `too many arguments for 'simulate'. Expected 0 arguments but got 1: ${see}`],
])('says in one line what is wrong with %j', async (args, message) => {
  const found = await run('simulate', ...args)
  expect(found).toEqual({ code: 2, stdout: '', stderr: `${message}\n` })
})

it('says in one line that nobody answers', async () => {
  const { code, stderr } = await run('simulate', '--url', 'https://127.0.0.1:1', '--ca', ca)
  expect([code, stderr]).toEqual([1, 'https://127.0.0.1:1: nothing listens there (ECONNREFUSED)\n'])
})

async function against(answers: Readonly<Record<string, Answer>>, ...args: string[]) {
  const extension = await startFakeExtension(answers)
  const authority = join(mkdtempSync(join(tmpdir(), 'simulate-')), 'ca.crt')
  writeFileSync(authority, extension.ca)
  const { href } = extension.url
  const options = ['--url', href, '--ca', authority, '--max-block', '0']
  const result = await run('simulate', ...options, ...args)
  extension.close()
  return { ...result, received: extension.received }
}
// Nothing to wait for: real seconds would pass.
const instant = { UpdateMachine: () => ({ status: 'Success', retryAfterSeconds: 0 }) }

it('ends with 0 when nothing breaks the contract', async () => {
  const { code, stdout, stderr } = await against(instant)
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toContain('The extension keeps the contract in this scenario.')
})

it('ends with 1 when something does', async () => {
  const { code, stdout } = await against({
    ...instant,
    BeforeClusterCreate: () => ({ status: 'Success', retryAfterSeconds: 5, message: 'Waiting' }),
  })
  expect(code).toBe(1)
  expect(stdout).toContain('The extension breaks the contract: 1 break.')
})

it('sends settings, variables and versions', async () => {
  const schema = { openAPIV3Schema: { type: 'integer' } }
  const { received } = await against(
    {
      ...instant,
      DiscoverVariables: () => ({
        status: 'Success',
        variables: [{ name: 'size', required: true, schema }],
      }),
    },
    ...['--extension-config-name', 'mine', '--setting', 'a=b=c', '--setting', 'd='],
    ...['--variable', 'size=3', '--from', 'v1.33.0', '--to', 'v1.34.0'],
  )
  const sent = (hook: string) => received.find((call) => call.hook === hook)?.request
  expect(sent('BeforeClusterCreate')).toMatchObject({
    settings: { a: 'b=c', d: '' },
    cluster: { spec: { topology: { variables: [{ name: 'size', value: 3 }] } } },
  })
  expect(sent('BeforeClusterUpgrade')).toMatchObject({
    fromKubernetesVersion: 'v1.33.0',
    toKubernetesVersion: 'v1.34.0',
  })
})

it('sends no setting that nobody gave', async () => {
  const { received } = await against(instant)
  const call = received.find(({ hook }) => hook === 'BeforeClusterCreate')
  expect(call?.request['settings'] ?? {}).toEqual({})
})

it('ends with 1 and one line when a variable cannot be guessed', async () => {
  const schema = { openAPIV3Schema: { type: 'string', pattern: '^v1' } }
  const { code, stderr } = await against({
    ...instant,
    DiscoverVariables: () => ({
      status: 'Success',
      variables: [{ name: 'version', required: true, schema }],
    }),
  })
  expect([code, stderr]).toEqual([
    1,
    'variable version: "simulated": value does not match ^v1; set it with --variable version=…\n',
  ])
})

it('writes nothing but one JSON object a line with --json', async () => {
  const { stdout } = await against(instant, '--json')
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(events.at(-1)).toMatchObject({ event: 'summary', breaks: 0 })
  expect(events.filter(({ event }) => event === 'call').length).toBe(events.at(-1).calls)
})
