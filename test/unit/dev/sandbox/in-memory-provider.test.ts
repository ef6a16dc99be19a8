import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import {
  changePorts,
  copyInMemoryProvider,
  inMemoryPorts,
} from '../../../../src/dev/sandbox/in-memory-provider.ts'

const upstream = inMemoryPorts.map(([found]) => found).join('\n')
const wanted = inMemoryPorts.map(([, text]) => text).join('\n')

it('changes every text, and refuses a source without one of them', () => {
  expect(changePorts(`${upstream}${upstream}`)).toBe(`${wanted}${wanted}`)
  expect(() => changePorts(upstream.replace('DebugPort', 'Port'))).toThrow(
    'mux.go has changed in this version of Cluster API: adapt src/dev/sandbox/in-memory-provider.ts',
  )
})

it('copies a read-only module to a folder that can be removed', async () => {
  const [source, goModule, directory] = ['source-', 'module-', 'copy-'].map((prefix) =>
    mkdtempSync(join(tmpdir(), prefix)),
  ) as [string, string, string]
  const folder = join(source, 'infrastructure/inmemory/pkg/server')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'mux.go'), upstream, { mode: 0o444 })
  chmodSync(folder, 0o555)
  writeFileSync(join(goModule, 'go.mod'), 'module m\n')
  writeFileSync(join(goModule, 'go.sum'), 'sums\n')

  const modfile = await copyInMemoryProvider(source, goModule, directory)
  expect(readFileSync(modfile, 'utf8')).toBe(
    `module m\n\nreplace sigs.k8s.io/cluster-api/test => ${directory}/source\n`,
  )
  expect(readFileSync(join(directory, 'go.sum'), 'utf8')).toBe('sums\n')
  const copy = join(directory, 'source/infrastructure/inmemory/pkg/server/mux.go')
  expect(readFileSync(copy, 'utf8')).toBe(wanted)
  rmSync(directory, { recursive: true })
  chmodSync(folder, 0o755)
})
