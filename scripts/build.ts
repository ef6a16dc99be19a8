// Bundles the extension and all that it needs into one file, dist/extension.cjs, or into another directory: its
// argument. Beside it, metafile.json tells what each module takes of it.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { loadExtension } from '../src/extension/take-extension.ts'

const directory = process.argv[2] ?? 'dist'
const outfile = join(directory, 'extension.cjs')
const { metafile, outputFiles } = await build({
  entryPoints: ['src/main.ts'],
  outfile,
  write: false,
  metafile: true,
  bundle: true,
  // To import one of Node's modules evaluates all that it exports, such as the fetch of node:http: a fifth of the start.
  format: 'cjs',
  platform: 'node',
  conditions: ['capi-extension-source', 'module'],
  target: 'node24',
  minify: true,
  legalComments: 'none',
  // Development checks and what only they import fall away.
  define: { 'process.env.NODE_ENV': '"production"' },
})
// What development checks where it is declared, such as a pattern that Kubernetes cannot read, is not checked in the bundle.
await loadExtension(resolve('src/main.ts')).catch((error: unknown) => {
  console.error(`Nothing was built: ${error instanceof Error ? error.message : error}`)
  process.exit(1)
})
mkdirSync(directory, { recursive: true })
for (const { path, contents } of outputFiles) writeFileSync(path, contents)
writeFileSync(join(directory, 'metafile.json'), JSON.stringify(metafile))
const [output] = Object.values(metafile.outputs)
console.log(`${outfile}  ${Math.round((output?.bytes ?? 0) / 1000)} kB`)
