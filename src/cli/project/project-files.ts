import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadAll } from 'js-yaml'
import * as v from 'valibot'
import { loadProject } from '../../dev/load-project.ts'
import type { Project } from '../../dev/project.ts'
import type { Hook } from '../../handler/hook.ts'
import { isObject, type JsonObject } from '../../json/json.ts'
import { StartError } from '../../messages/start-error.ts'
import { readManifests } from './manifests.ts'

const texts = v.optional(v.record(v.string(), v.string()), {})
const manifestSchema = v.object({ scripts: texts, dependencies: texts, devDependencies: texts })

/** What is looked at in a project. */
export interface ProjectFiles extends Project, v.InferOutput<typeof manifestSchema> {
  /** What it serves; none where it cannot be loaded. */
  readonly hooks: readonly Hook[]
  /** Why it cannot be loaded. */
  readonly unloaded: string | undefined
  /** Texts of the files below src, by path. */
  readonly sources: ReadonlyMap<string, string>
  /** Objects of the manifests; a manifest that cannot be read has none. */
  readonly objects: readonly JsonObject[]
  /** Texts of the manifests, by path. */
  readonly manifests: ReadonlyMap<string, string>
  has(path: string): boolean
  /** The text of a file; empty where it is not there. */
  read(path: string): Promise<string>
}

/** Reads what is looked at in a project. Rejects with StartError where package.json cannot be read. */
export async function readProjectFiles(project: Project): Promise<ProjectFiles> {
  const { root } = project
  const read = (path: string) => readFile(join(root, path), 'utf8').catch(() => '')
  const { success, output } = v.safeParse(manifestSchema, JSON.parse(await read('package.json')))
  if (!success)
    throw new StartError('cannot read package.json: its scripts and dependencies are texts by name')
  const loaded = await loadProject(project).catch((error: unknown) => {
    if (error instanceof StartError) return error.message
    throw error
  })
  const paths = (await readdir(join(root, 'src'), { recursive: true }))
    .filter((path) => path.endsWith('.ts'))
    .map((path) => `src/${path}`)
  const manifests = await readManifests(root)
  return {
    ...project,
    ...output,
    hooks: typeof loaded === 'string' ? [] : loaded.hooks,
    unloaded: typeof loaded === 'string' ? loaded : undefined,
    sources: new Map(
      await Promise.all(paths.map(async (path) => [path, await read(path)] as const)),
    ),
    objects: [...manifests.values()].flatMap(objectsOf),
    manifests,
    has: (path) => existsSync(join(root, path)),
    read,
  }
}

function objectsOf(text: string): JsonObject[] {
  try {
    return loadAll(text).filter(isObject)
  } catch {
    return []
  }
}
