import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { buildPrograms } from '../../../../src/dev/sandbox/build.ts'
import { pinnedVersion } from '../../../../src/dev/sandbox/toolchain.ts'

let directory: string
let lines: string[]
const report = { line: (text: string) => lines.push(text), status: () => {} }

/** A `go` that notes what it builds, and then does what a test says; $out is the file to write. */
function fakeGo(script: string) {
  writeFileSync(
    join(directory, 'go'),
    `#!/bin/sh
if [ "$1" = env ]; then echo go1.99.1; exit; fi
echo "$@" >> ${directory}/calls
while [ "$1" != -o ]; do shift; done
out=$2
${script}
`,
  )
  chmodSync(join(directory, 'go'), 0o755)
}
const calls = () => readFileSync(join(directory, 'calls'), 'utf8').trimEnd().split('\n')
const cache = () => {
  const base = join(directory, 'capi-extension')
  return join(base, readdirSync(base)[0] ?? '')
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'build-'))
  lines = []
  vi.stubEnv('PATH', `${directory}:/usr/bin:/bin`)
  vi.stubEnv('XDG_CACHE_HOME', directory)
})
afterEach(() => vi.unstubAllEnvs())

it('builds what is missing, once, and says so', async () => {
  fakeGo('echo program > "$out"')
  const { etcd } = await buildPrograms(['etcd'], report)
  expect(readFileSync(etcd, 'utf8')).toBe('program\n')
  await buildPrograms(['etcd', 'kube-apiserver'], report)
  await buildPrograms(['etcd', 'kube-apiserver'], report)
  expect(calls()).toHaveLength(2)
  expect(calls()[1]).toContain(
    `-X k8s.io/component-base/version.gitVersion=${await pinnedVersion('kube-apiserver', 'k8s.io/kubernetes')} `,
  )
  expect(lines).toEqual([
    expect.stringMatching(/^Building 1 programs into \/.*: about \d+ (s|minutes), .* Once\.$/),
    expect.stringMatching(/^ {2}etcd +\d+ s$/),
    expect.stringContaining('Building 1 programs'),
    expect.stringMatching(/^ {2}kube-apiserver +\d+ s$/),
  ])
  expect(readdirSync(cache()).toSorted()).toEqual(['etcd', 'kube-apiserver'])
})

it('lets two build at once', async () => {
  fakeGo('echo half > "$out"; sleep 0.3; echo program > "$out"')
  const [one, two] = await Promise.all([buildPrograms(['etcd']), buildPrograms(['etcd'])])
  expect(one).toEqual(two)
  expect(readFileSync(one.etcd, 'utf8')).toBe('program\n')
  expect(readdirSync(cache())).toEqual(['etcd'])
})

it.each([
  [
    'echo "go: downloading x"; echo "main.go:1: broken" >&2; exit 1',
    /^etcd cannot be built: main\.go:1: broken \(go -C .* shows all\)$/,
  ],
  [
    'echo "write: no space left on device" >&2; exit 1',
    /^No disk space is left to build etcd: free about \d+ GB and try again$/,
  ],
])('says in one line why %s failed', async (script, message) => {
  fakeGo(script)
  await expect(buildPrograms(['etcd'])).rejects.toThrow(message)
  expect(readdirSync(cache())).toEqual([])
})

it('stops when it is told to', async () => {
  fakeGo(`touch ${directory}/started; sleep 60`)
  const stop = new AbortController()
  const build = buildPrograms(['etcd'], report, stop.signal)
  const rejected = expect(build).rejects.toThrow('enough')
  await vi.waitFor(() => expect(existsSync(join(directory, 'started'))).toBe(true))
  stop.abort(new Error('enough'))
  await rejected
  expect(readdirSync(cache())).toEqual([])
})
