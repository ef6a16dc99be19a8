import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isObject } from '../../json/json.ts'
import { reasonOf } from '../../messages/start-error.ts'
import type { ProjectFiles } from './project-files.ts'

/** Whether the project can be loaded, and serves all hooks that are in its folder. */
export async function findHookProblems(files: ProjectFiles): Promise<string[]> {
  if (files.unloaded !== undefined) return [files.unloaded]
  const paths = [...files.sources.keys()].filter(
    (path) => path.startsWith('src/hooks/') && path !== 'src/hooks/index.ts',
  )
  const problems = await Promise.all(paths.map((path) => findProblem(files, path)))
  return problems.filter((problem) => problem !== undefined)
}

async function findProblem({ root, hooks }: ProjectFiles, path: string) {
  try {
    const { default: hook } = await import(pathToFileURL(join(root, path)).href)
    // Other modules may be there, too.
    if (!isObject(hook) || !isObject(hook['contract']) || hooks.some((one) => Object.is(one, hook)))
      return undefined
    return `${path} is not served: add it to src/hooks/index.ts, or delete it`
  } catch (error) {
    return `${path} cannot be loaded: ${reasonOf(error)}`
  }
}
