import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { HookContract } from '../../contract/contract.ts'
import { reasonOf, StartError } from '../../messages/start-error.ts'
import { chooseHooks, defaultHooks } from './choose-hooks.ts'
import { checkNames, type Names } from './names.ts'
import { isFromRegistry, ownManifest, packItself } from './own-package.ts'
import { templateFiles, templateManifest } from './template-files.ts'

const run = promisify(execFile)

/** What the flags of `init` say; all have a default. */
export interface InitOptions {
  /** Of the project: that of the folder unless given. */
  readonly name?: string
  /** `<name>-system` unless given. */
  readonly namespace?: string
  /** `localhost:5001/<name>` unless given. */
  readonly image?: string
  /** Names of hooks with commas between them, or `all`. */
  readonly hooks?: string
}

/** What becomes of a new project. */
export interface ProjectPlan {
  /** Where it is to be. */
  readonly root: string
  readonly names: Names
  readonly hooks: readonly HookContract[]
}

/**
 * What the flags say of a new project.
 *
 * @throws StartError A flag is wrong, or the folder has files.
 */
export async function planProject(folder: string, options: InitOptions): Promise<ProjectPlan> {
  const root = resolve(folder)
  const { name = basename(root), hooks = defaultHooks } = options
  const { namespace = `${name}-system`, image = `localhost:5001/${name}` } = options
  const names = { name, namespace, image, version: '0.1.0' }
  checkNames(names)
  refuseOwnPackages(name)
  await refuseFiles(root)
  return { root, names, hooks: chooseHooks(hooks) }
}

/**
 * Writes a new project, with this package in its folder vendor/ unless others can have that from a registry.
 *
 * @returns The paths of its files.
 */
export async function writeProject(plan: ProjectPlan): Promise<string[]> {
  if (isFromRegistry()) return writeFiles(plan, ownManifest().version)
  const packed = await mkdtemp(join(tmpdir(), 'capi-extension-'))
  try {
    const file = await packItself(packed)
    const files = await writeFiles(plan, `file:vendor/${file}`)
    await mkdir(join(plan.root, 'vendor'))
    await copyFile(join(packed, file), join(plan.root, 'vendor', file))
    return [...files, `vendor/${file}`]
  } finally {
    await rm(packed, { recursive: true })
  }
}

/** Writes the files of the template. */
export async function writeFiles(
  { root, names, hooks }: ProjectPlan,
  dependency: string,
): Promise<string[]> {
  const files = templateFiles({ names, hooks, dependency })
  for (const [path, text] of files) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    // Fails where a file has come meanwhile.
    await writeFile(join(root, path), text, { flag: 'wx' })
  }
  return [...files.keys()]
}

/** Writes package-lock.json. Gives the reason when that cannot be, such as a registry that does not answer. */
export async function writeLock(root: string): Promise<string | undefined> {
  const command = ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund']
  try {
    await run('npm', [...command, '--loglevel=error'], { cwd: root })
    return undefined
  } catch (error) {
    const { stderr } = Object(error)
    // npm says a code first, and then what it is about.
    const [, line] = /^npm error (?!(?:code|errno|syscall|path) )(.+)$/m.exec(String(stderr)) ?? []
    return line ?? reasonOf(error)
  }
}

/** npm installs no package in a project of the same name. */
function refuseOwnPackages(name: string): void {
  const { dependencies, devDependencies } = templateManifest()
  if (Object.hasOwn({ ...dependencies, ...devDependencies }, name))
    throw new StartError(
      `"${name}" cannot be the name of an extension: a package that it needs has it`,
    )
}

async function refuseFiles(root: string): Promise<void> {
  const found = await readdir(root).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new StartError(`${root} cannot be a project: ${reasonOf(error)}`)
  })
  const inTheWay = found.filter((name) => name !== '.git').sort()
  if (inTheWay.length === 0) return
  const named = inTheWay.slice(0, 5).join(', ')
  const others = inTheWay.length > 5 ? ` and ${inTheWay.length - 5} more` : ''
  throw new StartError(
    `${root} is not empty: it has ${named}${others}. Nothing is overwritten: name another folder.`,
  )
}
