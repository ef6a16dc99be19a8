import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  cacheDirectory,
  goVersion,
  moduleDirectory,
  modules,
  pinnedVersion,
  sourceDirectories,
} from '../../../../src/dev/sandbox/toolchain.ts'

// A `go` that does what a test says, and nothing else on PATH.
let path: string
const fakeGo = (script: string) => {
  writeFileSync(join(path, 'go'), `#!/bin/sh\n${script}\n`)
  chmodSync(join(path, 'go'), 0o755)
}
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'go-'))
  vi.stubEnv('PATH', path)
})
afterEach(() => vi.unstubAllEnvs())

describe('Go', () => {
  it('may be any version that the modules take', async () => {
    fakeGo('echo go1.99.1')
    expect(await goVersion()).toBe('go1.99.1')
    fakeGo('echo go1.99rc2')
    expect(await goVersion()).toBe('go1.99rc2')
  })

  it('is missing', async () => {
    await expect(goVersion()).rejects.toThrow(
      /^Go is needed to build the sandbox: install Go 1\.\d+\.\d+ or later$/,
    )
  })

  it('is too old', async () => {
    fakeGo('echo go1.20.14')
    await expect(goVersion()).rejects.toThrow(
      /^go1\.20\.14 is too old to build the sandbox: install Go 1\.\d+\.\d+ or later$/,
    )
  })

  it('says itself that it is too old', async () => {
    const words = 'go: go.mod requires go >= 1.26.0 (running go 1.22.2; GOTOOLCHAIN=local)'
    fakeGo(`echo '${words}' >&2; exit 1`)
    await expect(goVersion()).rejects.toThrow(/^go env failed: go: go\.mod requires .*: install Go/)
  })
})

it('keeps programs by the version of Go, in the cache folder of the user', async () => {
  fakeGo('echo go1.99.1')
  const first = await cacheDirectory({ XDG_CACHE_HOME: '/cache' })
  expect(first).toMatch(/^\/cache\/capi-extension\/[0-9a-f]{12}$/)
  expect(await cacheDirectory({ XDG_CACHE_HOME: '/cache' })).toBe(first)
  expect(await cacheDirectory({})).toMatch(/\/\.cache\/capi-extension\/[0-9a-f]{12}$/)
  fakeGo('echo go1.99.2')
  expect(await cacheDirectory({ XDG_CACHE_HOME: '/cache' })).not.toBe(first)
})

it('finds the sources of modules', async () => {
  fakeGo(
    `printf '{\\n\\t"Path": "a",\\n\\t"Dir": "/go/a"\\n}\\n{\\n\\t"Path": "b",\\n\\t"Dir": "/go/b"\\n}\\n'`,
  )
  expect(await sourceDirectories('b', 'a')).toEqual(['/go/b', '/go/a'])
  fakeGo('echo "a: dial tcp: no such host" >&2; exit 1')
  await expect(sourceDirectories('a')).rejects.toThrow(
    'go mod failed: a: dial tcp: no such host: check the network and try again',
  )
})

describe('the pins', () => {
  it('are one version of Cluster API', async () => {
    const paths = [
      'sigs.k8s.io/cluster-api',
      'sigs.k8s.io/cluster-api/api',
      'sigs.k8s.io/cluster-api/test',
    ]
    const versions = await Promise.all(paths.map((module) => pinnedVersion('cluster-api', module)))
    expect(new Set(versions).size).toBe(1)
  })

  it('give kube-apiserver the staging modules of its own version', async () => {
    const version = await pinnedVersion('kube-apiserver', 'k8s.io/kubernetes')
    const goMod = readFileSync(join(moduleDirectory('kube-apiserver'), 'go.mod'), 'utf8')
    const staging = [...goMod.matchAll(/ => k8s\.io\/\S+ (\S+)$/gm)].map(([, staged]) => staged)
    expect(staging.length).toBeGreaterThan(25)
    expect(new Set(staging)).toEqual(new Set([version.replace('v1.', 'v0.')]))
  })

  it.each(modules)('of %s are tools', (module) => {
    const goMod = readFileSync(join(moduleDirectory(module), 'go.mod'), 'utf8')
    expect(goMod).toMatch(/^tool /m)
  })
})
