import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { reasonOf, StartError } from '../../messages/start-error.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../..', import.meta.url))

interface Manifest {
  name: string
  version: string
  dependencies: Record<string, string>
}

/** package.json of this package. */
export function ownManifest(): Manifest {
  return readJSON(join(root, 'package.json'))
}

/**
 * Whether this package was installed from a registry, so that others can have it from there too. npm notes where each
 * package came from beside them. A file that was packed by hand, and what npm has no note of, is not.
 */
export function isFromRegistry(packageRoot = root): boolean {
  const installed = dirname(packageRoot.replace(/\/$/, ''))
  try {
    const { packages } = readJSON<{ packages: Record<string, { resolved?: string }> }>(
      join(installed, '.package-lock.json'),
    )
    return /^https?:/.test(packages[`node_modules/${basename(packageRoot)}`]?.resolved ?? '')
  } catch {
    return false
  }
}

/**
 * Packs this package as it is installed, into a folder.
 *
 * @returns The name of the file.
 * @throws StartError It is not installed: this runs from sources, of which a package has first to be made.
 */
export async function packItself(folder: string): Promise<string> {
  const { name, version } = ownManifest()
  const file = `${name}-${version}.tgz`
  if (import.meta.url.endsWith('.ts'))
    throw new StartError(
      `a project needs the packed package: npm run package, then npx ./dist/${file} init`,
    )
  try {
    await run('npm', ['pack', root, `--pack-destination=${folder}`, '--ignore-scripts', '--silent'])
  } catch (error) {
    throw new StartError(`"npm pack" could not pack ${root}: ${reasonOf(error)}`)
  }
  return file
}

function readJSON<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8'))
}
