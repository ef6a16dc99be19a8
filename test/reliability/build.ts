import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Builds what the tests start: the bundle, and the caller on the controllers' own transport where Go is. */
export default function build(): void {
  const directory = mkdtempSync(join(tmpdir(), 'reliability-'))
  const bundle = spawnSync(
    process.execPath,
    ['src/cli/main.ts', 'build', `--outdir=${directory}`],
    { stdio: 'inherit' },
  )
  if (bundle.status !== 0) throw new Error('npm run build fails')
  process.env['EXTENSION_BUNDLE'] = join(directory, 'extension.cjs')
  const caller = join(directory, 'caller')
  const go = spawnSync('go', ['build', '-o', caller, '.'], { cwd: 'test/bench/caller' })
  if (go.status === 0) process.env['GO_CALLER'] = caller
}
