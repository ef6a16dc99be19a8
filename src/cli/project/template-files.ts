import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { HookContract } from '../../contract/contract.ts'
import { hookContracts } from './choose-hooks.ts'
import { followNames } from './follow-names.ts'
import type { Names } from './names.ts'

/** Where the template is. */
export const templateFolder = fileURLToPath(new URL('../template', import.meta.url))

/** What a new project is made of. */
export interface TemplateOptions {
  readonly names: Names
  /** The hooks that it has. */
  readonly hooks: readonly HookContract[]
  /** The dependency on this package: `file:vendor/capi-extension-0.1.0.tgz` or a version of the registry. */
  readonly dependency: string
}

// Files that are there for some hooks only; one below hooks/ is of the hook that it is named after.
const filesOfHooks: Readonly<Record<string, readonly string[]>> = {
  'src/variables.ts': ['discover-variables', 'generate-patches', 'validate-topology'],
  'src/updatable.ts': ['can-update-machine', 'can-update-machineset'],
  'manifests/cluster-class-patch.yaml': [
    'discover-variables',
    'generate-patches',
    'validate-topology',
  ],
  'manifests/cluster-class-upgrade.yaml': ['generate-upgrade-plan'],
}

// Files whose lines are about single hooks.
const filesWithHookLines = ['src/hooks/index.ts', 'README.md', 'manifests/']

/** The files of a new project, by path. */
export function templateFiles({ names, hooks, dependency }: TemplateOptions): Map<string, string> {
  const chosen = hooks.map(({ handlerName }) => handlerName)
  const isVendored = dependency.startsWith('file:')
  const words = new Map<string, string>([
    ...Object.entries(names),
    ['package', dependency],
    ['update', isVendored ? './vendor/capi-extension-X.tgz' : 'capi-extension@latest'],
  ])
  const files = new Map<string, string>()
  for (const source of listTemplate()) {
    const path = targetOf(source)
    if (!isOfHooks(path, chosen)) continue
    let text = readTemplate(source)
    if (filesWithHookLines.some((start) => path.startsWith(start)))
      text = keepLines(text, (line) => isOfChosen(line, hooks))
    if (!isVendored) text = keepLines(text, (line) => !/\bvendor\b/.test(line))
    text = text.replace(/__(\w+?)__/g, (word, key: string) => words.get(key) ?? word)
    files.set(path, path.startsWith('manifests/') ? followNames(text, names, path) : text)
  }
  return files
}

/** package.json of a new project, with the words that are still to be filled in. */
export function templateManifest(): Record<
  'scripts' | 'dependencies' | 'devDependencies',
  Record<string, string>
> {
  return JSON.parse(readTemplate('_package.json'))
}

function listTemplate(): string[] {
  return readdirSync(templateFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(templateFolder.length + 1))
    .sort()
}

/** The text of a file of the template. */
export function readTemplate(source: string): string {
  return readFileSync(join(templateFolder, source), 'utf8')
}

/** npm and other tools would take some files of the template for their own: these begin with "_". */
function targetOf(source: string): string {
  return source.replace(/^_/, '')
}

function isOfHooks(path: string, chosen: readonly string[]): boolean {
  const [, name] = /\bhooks\/([\w-]+)(?:\.test)?\.ts$/.exec(path) ?? []
  if (name !== undefined && name !== 'index') return chosen.includes(name)
  // `render` names them so: Cluster, handler, patch.
  if (path.startsWith('recordings/')) return chosen.some((hook) => path.includes(`-${hook}-`))
  return filesOfHooks[path]?.some((hook) => chosen.includes(hook)) ?? true
}

/** Whether a line is about none of the hooks, or about one of those that were chosen. */
function isOfChosen(line: string, chosen: readonly HookContract[]): boolean {
  const named = hookContracts.filter((hook) => names(line, hook))
  return named.length === 0 || named.some((hook) => chosen.includes(hook))
}

function names(line: string, { hook, handlerName }: HookContract): boolean {
  const identifier = hook.charAt(0).toLowerCase() + hook.slice(1)
  return new RegExp(`(?<![\\w-])(${handlerName}|${identifier})(?![\\w-])`).test(line)
}

function keepLines(text: string, isKept: (line: string) => boolean): string {
  return text.split('\n').filter(isKept).join('\n')
}
