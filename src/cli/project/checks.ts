import { findHookProblems } from './check-hooks.ts'
import { findImageProblems } from './check-image.ts'
import { findManifestProblems } from './check-manifests.ts'
import { findDependencyProblems, findScriptProblems } from './check-package.ts'
import { findRightsProblems } from './check-rights.ts'
import type { ProjectFiles } from './project-files.ts'

/** Something of a project that is looked at. */
export interface ProjectCheck {
  readonly name: string
  /** What is wrong, and what to do: a line each. */
  find(files: ProjectFiles): readonly string[] | Promise<readonly string[]>
}

/** All checks, in the order in which problems should be mended. */
export const checks: readonly ProjectCheck[] = [
  { name: 'dependencies', find: findDependencyProblems },
  { name: 'scripts', find: findScriptProblems },
  { name: 'hooks', find: findHookProblems },
  { name: 'image', find: findImageProblems },
  { name: 'manifests', find: findManifestProblems },
  { name: 'rights', find: findRightsProblems },
]
