import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { parseSimulateArguments } from '../../../../src/dev/simulator/command-line.ts'
import { runSimulate } from '../../../../src/dev/simulator/simulate.ts'
import { startFakeExtension } from './fake-extension.ts'

const ca = join(mkdtempSync(join(tmpdir(), 'simulate-')), 'ca.crt')
writeFileSync(ca, 'PEM')
const url = ['--url', 'https://localhost:9443']
const both = [...url, '--ca', ca]

it('has defaults', () => {
  expect(parseSimulateArguments(both)).toEqual({
    url: new URL('https://localhost:9443'),
    ca: 'PEM',
    extensionConfigName: 'extension',
    settings: { extensionConfigName: 'extension' },
    variables: {},
    json: false,
    from: 'v1.34.0',
    to: 'v1.36.4',
    maxBlockSeconds: 60,
  })
})

it('takes all options', () => {
  const more = [
    '--setting',
    'a=b=c',
    '--setting',
    'd=',
    '--variable',
    'n=3',
    '--variable',
    't=text',
  ]
  const name = ['--extension-config-name', 'mine', '--max-block', '5', '--json']
  const versions = ['--from', 'v1.33.0', '--to', 'v1.34.0']
  expect(parseSimulateArguments([...both, ...more, ...name, ...versions])).toMatchObject({
    extensionConfigName: 'mine',
    settings: { extensionConfigName: 'mine', a: 'b=c', d: '' },
    variables: { n: 3, t: 'text' },
    json: true,
    from: 'v1.33.0',
    to: 'v1.34.0',
    maxBlockSeconds: 5,
  })
})

it('lets a setting name another extensionConfigName', () => {
  const found = parseSimulateArguments([...both, '--setting', 'extensionConfigName=other'])
  expect(found?.settings).toEqual({ extensionConfigName: 'other' })
})

describe('npm run simulate', () => {
  const output = { stdout: '', stderr: '' }
  async function run(...args: string[]) {
    output.stdout = ''
    output.stderr = ''
    for (const name of ['stdout', 'stderr'] as const)
      vi.spyOn(process[name], 'write').mockImplementation((text) => {
        output[name] += text
        return true
      })
    const code = await runSimulate(args)
    vi.restoreAllMocks()
    return { code, ...output }
  }
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it('explains itself', async () => {
    const { code, stdout, stderr } = await run('--help')
    expect([code, stderr]).toEqual([0, ''])
    for (const option of [
      'url',
      'ca',
      'extension-config-name',
      'setting',
      'json',
      'from',
      'to',
      'max-block',
    ])
      expect(stdout).toContain(`--${option}`)
  })

  it.each([
    [[], '--url and --ca are needed: --help shows an example'],
    [['--url', 'https://a'], '--url and --ca are needed: --help shows an example'],
    [['--ca', ca], '--url and --ca are needed: --help shows an example'],
    [
      ['--url', 'nonsense', '--ca', ca],
      '--url: "nonsense" is no URL such as https://localhost:9443',
    ],
    [
      ['--url', 'http://a', '--ca', ca],
      '--url: Cluster API calls extensions over https only, not http://',
    ],
    [[...url, '--ca', '/none'], "--ca: ENOENT: no such file or directory, open '/none'"],
    [[...both, '--setting', 'a'], '--setting: "a" is not like key=value'],
    [[...both, '--variable', '=a'], '--variable: "=a" is not like key=value'],
    [[...both, '--from', 'new'], '--from and --to are versions such as v1.34.0'],
    [[...both, '--from', 'v1.36.4'], '--to has to be above --from'],
    [[...both, '--max-block', 'long'], '--max-block is a number of seconds'],
    [[...both, '--other'], "Unknown option '--other'"],
    [[...both, 'more'], "Unexpected argument 'more'"],
  ])('says in one line what is wrong with %j', async (args, message) => {
    expect(await run(...args)).toEqual({ code: 2, stdout: '', stderr: `simulate: ${message}\n` })
  })

  it('says in one line that nobody answers', async () => {
    const { code, stderr } = await run('--url', 'https://127.0.0.1:1', '--ca', ca)
    const reason = 'nothing listens there (ECONNREFUSED)'
    expect([code, stderr]).toEqual([1, `simulate: https://127.0.0.1:1: ${reason}\n`])
  })

  async function against(answers: Parameters<typeof startFakeExtension>[0], ...args: string[]) {
    const extension = await startFakeExtension(answers)
    const authority = join(mkdtempSync(join(tmpdir(), 'simulate-')), 'ca.crt')
    writeFileSync(authority, extension.ca)
    const result = await run(
      '--url',
      extension.url.href,
      '--ca',
      authority,
      '--max-block',
      '0',
      ...args,
    )
    extension.close()
    return result
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

  it('ends with 1 and one line when a variable cannot be guessed', async () => {
    const schema = { openAPIV3Schema: { type: 'string', pattern: '^v1' } }
    const { code, stderr } = await against({
      ...instant,
      DiscoverVariables: () => ({
        status: 'Success',
        variables: [{ name: 'version', required: true, schema }],
      }),
    })
    expect([code, stderr.trim().split('\n')]).toEqual([
      1,
      [
        'simulate: variable version: "simulated": value does not match ^v1; set it with --variable version=…',
      ],
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
})
