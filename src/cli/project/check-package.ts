import { lt, major, minVersion, satisfies, validRange } from 'semver'
import { ownManifest } from './own-package.ts'
import type { ProjectFiles } from './project-files.ts'
import { templateManifest } from './template-files.ts'

/** Whether the project has this version of the package, and tools as new as a new project's. */
export async function findDependencyProblems(files: ProjectFiles): Promise<string[]> {
  const { name, version } = ownManifest()
  const wanted = files.dependencies[name] ?? files.devDependencies[name]
  const installed = await installedVersion(files, name)
  const isFile = wanted?.startsWith('file:') === true
  const file = `vendor/${name}-${version}.tgz`
  const install = isFile
    ? `put ${name}-${version}.tgz into vendor/, then npm install ./${file}`
    : `npm install ${name}@${version}`
  return [
    ...(wanted === undefined ? [`package.json does not have ${name}: ${install}`] : []),
    ...(installed === undefined ? [`${name} is not installed: npm install`] : []),
    ...(installed !== undefined && lt(installed, version)
      ? [`${name} ${installed} is installed, this is ${version}: ${install}`]
      : []),
    ...(isFile && !files.has(wanted.slice('file:'.length))
      ? [`${wanted.slice('file:'.length)} of package.json is not there: ${install}`]
      : []),
    ...(installed === version && wanted !== undefined && !isOf(installed, wanted)
      ? [`package.json has ${name} ${wanted}, but ${installed} is installed: npm install`]
      : []),
    ...(files.has('package-lock.json')
      ? []
      : ['package-lock.json, which the image is built with, is not there: npm install']),
    ...olderTools(files),
  ]
}

/** Whether the scripts of a new project are there. What they do is the author's. */
export function findScriptProblems({ scripts }: ProjectFiles): string[] {
  return Object.entries(templateManifest().scripts)
    .filter(([name]) => scripts[name] === undefined)
    .map(([name, script]) => `add to the scripts of package.json: "${name}": "${script}"`)
}

async function installedVersion({ read }: ProjectFiles, name: string): Promise<string | undefined> {
  const text = await read(`node_modules/${name}/package.json`)
  return text === '' ? undefined : JSON.parse(text).version
}

/** Whether an installed version is what package.json asks for, as far as that says. */
function isOf(installed: string, wanted: string): boolean {
  const [, packed] = /-(\d+\.\d+\.\d+[\w.+-]*)\.tgz$/.exec(wanted) ?? []
  if (packed !== undefined) return packed === installed
  return wanted.includes(':') || satisfies(installed, wanted)
}

/** Tools whose major version is below that of a new project. */
function olderTools(files: ProjectFiles): string[] {
  const { dependencies, devDependencies } = templateManifest()
  const tools = Object.entries({ ...dependencies, ...devDependencies })
  return tools.flatMap(([name, version]) => {
    const theirs = files.devDependencies[name] ?? files.dependencies[name] ?? ''
    if (!validRange(theirs) || !validRange(version) || !isOlder(theirs, version)) return []
    return [
      `${name} ${theirs} is older than this package was tried with: npm install ${name}@${version}`,
    ]
  })
}

function isOlder(range: string, version: string): boolean {
  return major(minVersion(range) ?? version) < major(version) && !satisfies(version, range)
}
