import { cpSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import type { TestProject } from 'vitest/node'
import repository from '../../package.json' with { type: 'json' }
import { run } from './command.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The package as npm packed it. */
    tarball: string
    /** The folder of an extension that has installed it. */
    project: string
  }
}

const { '@types/node': types, typescript, valibot, vitest } = repository.devDependencies

/** Packs the package, and installs it as a user does, in a folder outside the repository. */
export default async function install({ provide }: TestProject): Promise<() => Promise<void>> {
  await run(process.cwd(), process.execPath, 'scripts/package.ts')
  const tarball = resolve('dist', `${repository.name}-${repository.version}.tgz`)
  const directory = mkdtempSync(join(tmpdir(), 'consumer-'))
  const project = join(directory, 'fleet-policy')
  cpSync('test/consumer/project', project, { recursive: true })
  const npmInstall = ['npm', 'install', '--prefer-offline', '--no-audit', '--no-fund'] as const
  await run(project, ...npmInstall, tarball, `valibot@${valibot}`)
  await run(
    project,
    ...npmInstall,
    '--save-dev',
    `@types/node@${types}`,
    `typescript@${typescript}`,
    `vitest@${vitest}`,
  )
  provide('tarball', tarball)
  provide('project', project)
  return () => rm(directory, { recursive: true, force: true })
}
