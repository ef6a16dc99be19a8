import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import manifest from '../../../package.json' with { type: 'json' }
import { chooseHooks } from '../../../src/cli/project/choose-hooks.ts'
import { writeFiles } from '../../../src/cli/project/new-project.ts'

const packed = `capi-extension-${manifest.version}.tgz`
const repository = new URL('../../..', import.meta.url).pathname

export const names = {
  name: 'fleet',
  namespace: 'fleet-system',
  image: 'localhost:5001/fleet',
  version: '0.1.0',
}

/** A project that `init` has written, with the sources of this repository in the place of the packed package. */
export async function createNewProject(hooks: string): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'new-project-'))
  await writeFiles({ root, names, hooks: chooseHooks(hooks) }, `file:vendor/${packed}`)
  await mkdir(join(root, 'vendor'))
  await writeFile(join(root, 'vendor', packed), '')
  await writeFile(join(root, 'package-lock.json'), '{}')
  await mkdir(join(root, 'node_modules'))
  await symlink(repository, join(root, 'node_modules/capi-extension'))
  for (const name of ['.bin', '@biomejs', '@types', 'typescript', 'valibot', 'vitest'])
    await symlink(join(repository, 'node_modules', name), join(root, 'node_modules', name))
  return root
}
