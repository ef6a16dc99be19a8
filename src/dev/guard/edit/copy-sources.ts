import { cp, mkdir, readdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'

// Imports find the packages of the project from any folder below it.
const left = new Set(['node_modules', '.dev', '.git', 'src'])

/** Copies the sources of a project into a folder below it, so that they can be loaded later; all else is linked. */
export async function copySources(root: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await cp(join(root, 'src'), join(folder, 'src'), { recursive: true })
  for (const { name } of await readdir(root, { withFileTypes: true })) {
    if (left.has(name)) continue
    // Node looks for the package of a module from where a link leads to.
    if (name === 'package.json') await cp(join(root, name), join(folder, name))
    else await symlink(join(root, name), join(folder, name))
  }
}
