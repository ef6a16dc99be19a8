import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = new URL('../..', import.meta.url)

/** Says which package to install, when a module of ours imports one that is not there; else undefined. */
export function describeMissingPackage(error: unknown): string | undefined {
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'))
    return undefined
  const [, name, importer = ''] =
    /^Cannot find package '(.+?)' imported from (.+)$/.exec(error.message) ?? []
  const folder = fileURLToPath(root)
  if (name === undefined || !importer.startsWith(folder)) return undefined
  // A package of a package is no business of the reader.
  if (dirname(importer).slice(folder.length).includes('node_modules')) return undefined
  return `${name}, which this command needs, is not installed: npm install --save-dev ${name}${versionOf(name)}`
}

function versionOf(name: string): string {
  const manifest = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))
  const version: unknown = manifest.peerDependencies?.[name] ?? manifest.dependencies?.[name]
  return typeof version === 'string' ? `@${version}` : ''
}
