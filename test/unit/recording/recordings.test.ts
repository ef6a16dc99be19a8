import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { readRecordings } from '../../../src/recording/read-recordings.ts'
import { handlerNameOf, type Recording, timeoutOf } from '../../../src/recording/recording.ts'
import { writeRecording } from '../../../src/recording/write-recording.ts'

const path = '/hooks.runtime.cluster.x-k8s.io/v1alpha1'
const recording: Recording = {
  hook: 'beforeclustercreate',
  url: `${path}/beforeclustercreate/before-cluster-create?timeout=10s`,
  request: { cluster: { metadata: { name: 'demo', namespace: 'default' }, spec: {} } },
  response: { status: 200, body: { status: 'Success' } },
}

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recordings-'))
})
const write = (name: string, content: unknown) =>
  writeFile(
    join(folder, name),
    typeof content === 'string' ? content : JSON.stringify(content, null, 1),
  )

it('reads all files below a folder in the order of their names, and one file', async () => {
  await mkdir(join(folder, 'a'))
  await write('b.json', recording)
  await write('a/c.json', { ...recording, hook: 'discovery', url: `${path}/discovery` })
  await write('README.md', 'no recording')
  const found = await readRecordings(folder)
  expect(found.map(({ file, recording: { hook } }) => [file, hook])).toEqual([
    [join(folder, 'a/c.json'), 'discovery'],
    [join(folder, 'b.json'), 'beforeclustercreate'],
  ])
  expect(await readRecordings(join(folder, 'b.json'))).toEqual([
    { file: join(folder, 'b.json'), recording },
  ])
})

it('reads all recordings of this repository', async () => {
  expect(await readRecordings('test/recorded')).toHaveLength(43)
})

it.each([
  ['[', 'is no recording: .*JSON'],
  [{ ...recording, hook: undefined }, 'is no recording: hook: required'],
  [{ ...recording, url: '/elsewhere' }, 'is no recording: url: expected .*'],
  [
    { ...recording, response: { status: 200, body: 'no' } },
    'is no recording: response.body: expected Object',
  ],
  [
    { ...recording, objects: [{ apiVersion: 'v1', kind: 'Secret' }] },
    'is no recording: objects.0.metadata: required',
  ],
])('names the file and the path of what is wrong with %j', async (content, message) => {
  await write('wrong.json', content)
  await expect(readRecordings(folder)).rejects.toThrow(
    new RegExp(`^${join(folder, 'wrong.json')} (${message})`),
  )
})

it('says what cannot be read', async () => {
  await expect(readRecordings(join(folder, 'none'))).rejects.toThrow(
    `cannot read recordings of ${folder}/none: ENOENT: no such file or directory`,
  )
})

it('tells handler and timeout of a url, behind any prefix', () => {
  expect([handlerNameOf(recording), timeoutOf(recording)]).toEqual(['before-cluster-create', '10s'])
  const other = { url: `/prefix${path}/discovery` }
  expect([handlerNameOf(other), timeoutOf(other)]).toEqual([undefined, undefined])
})

describe('writing', () => {
  it('gives the same bytes again, with fields that nobody knows', async () => {
    const text = await readFile('test/recorded/beforeclustercreate-02.json', 'utf8')
    await write('copy.json', text)
    const [read] = await readRecordings(folder)
    if (!read) throw new Error('nothing was read')
    await writeRecording(join(folder, 'new/again.json'), read.recording)
    expect(await readFile(join(folder, 'new/again.json'), 'utf8')).toBe(text)
    expect(text).toContain('"headers"')
  })

  it('adds what patches say, for reviewers', async () => {
    const operations = [{ op: 'add', path: '/spec/a', value: 1 }]
    const patch = Buffer.from(JSON.stringify(operations)).toString('base64')
    const body = { items: [{ uid: 'a', patchType: 'JSONPatch', patch }] }
    await writeRecording(join(folder, 'a.json'), { ...recording, response: { status: 200, body } })
    const { response } = JSON.parse(await readFile(join(folder, 'a.json'), 'utf8'))
    expect(response).toEqual({
      status: 200,
      body,
      readable: { items: [{ uid: 'a', patchType: 'JSONPatch', patch: operations }] },
    })
  })
})
