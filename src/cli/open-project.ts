import process from 'node:process'
import type { Project } from '../dev/project.ts'
import { StartError } from '../messages/start-error.ts'

/** The project in this folder, for a command that runs its sources. Rejects with StartError where that cannot be. */
export async function openProject(): Promise<Project> {
  checkNode(process.versions.node)
  const { readProject } = await import('../dev/project.ts')
  return readProject()
}

/** Throws StartError for a version of Node that does not run TypeScript sources. */
export function checkNode(version: string): void {
  if (Number.parseInt(version, 10) >= 24) return
  throw new StartError(
    `this is Node ${version}, and the sources need Node 24 or later: "npm install" brings it along, "npm run" takes it`,
  )
}
