// Makes the npm package: its files in dist/package, and of them dist/capi-extension-<version>.tgz.
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  globSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import repository from '../package.json' with { type: 'json' }

const directory = 'dist/package'
const sample = ['src/hooks', 'src/sample']
const template = join('src', 'cli', 'template')

// What only the repository needs.
const { private: _, scripts, devDependencies, allowScripts, knip, ...manifest } = repository
const fileName = `${manifest.name}-${manifest.version}.tgz`

rmSync(directory, { recursive: true, force: true })
rmSync(join('dist', fileName), { force: true })
run(process.execPath, ['node_modules/typescript/bin/tsc', '--project', 'tsconfig.package.json'])
// No entry leads there.
for (const path of globSync(join(directory, 'lib', '{cli,dev}', '**', '*.d.ts'))) rmSync(path)
cpSync('src', join(directory, 'lib'), { recursive: true, filter: isCopied })
for (const name of ['LICENSE', 'CHANGELOG.md']) copyFileSync(name, join(directory, name))
// Its links lead to files of the repository.
const readme = readFileSync('README.md', 'utf8').replace(
  /\[(.*?)\]\((?!https?:|LICENSE|CHANGELOG)[^)]*\)/g,
  '$1',
)
writeFileSync(join(directory, 'README.md'), readme)
writeFileSync(join(directory, 'package.json'), `${JSON.stringify(manifest, withoutSources, 2)}\n`)
// From its own directory: npm packs the files of a package as they are, and package.json of the repository has to stay.
// It prints the name of the file without its folder.
run('npm', ['pack', `./${directory}`, '--pack-destination=dist', '--loglevel=warn'], 'ignore')
console.log(join('dist', fileName))

/** Ends with its code when a command fails, which has said why. */
function run(file: string, args: readonly string[], stdout: 'inherit' | 'ignore' = 'inherit') {
  const { status } = spawnSync(file, args, { stdio: ['inherit', stdout, 'inherit'] })
  if (status !== 0) process.exit(status ?? 1)
}

/** Whether a file of the sources is in the package as it is: no TypeScript, unless the project of a user compiles it. */
function isCopied(path: string): boolean {
  if (statSync(path).isDirectory()) return !sample.includes(path)
  return path.startsWith(template) || !path.endsWith('.ts')
}

function withoutSources(key: string, value: unknown): unknown {
  return key === 'capi-extension-source' ? undefined : value
}
