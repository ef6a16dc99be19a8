import process from 'node:process'
import type { Project } from '../dev/project.ts'
import { StartError } from '../messages/start-error.ts'

/** The project in this folder, for a command that runs its sources. Rejects with StartError where that cannot be. */
export async function openProject(): Promise<Project> {
  checkNode()
  const { readProject } = await import('../dev/project.ts')
  return readProject()
}

/** Throws StartError for a version of Node without TypeScript, or without what these commands are made of. */
export function checkNode(version = process.versions.node): void {
  if (Number.parseInt(version, 10) >= 24) return
  throw new StartError(
    `this is Node ${version}, and this command needs Node 24 or later: "npm install" brings it along, "npm run" takes it`,
  )
}
