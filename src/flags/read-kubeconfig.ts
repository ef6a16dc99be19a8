import { readFileSync } from 'node:fs'
import { isObject } from '../json/json.ts'
import { reasonOf, StartError } from '../messages/start-error.ts'

/** The content of a kubeconfig file; undefined without a path. Rejects with StartError. */
export async function readKubeconfig(path: string): Promise<string | undefined> {
  if (path === '') return undefined
  const { load } = await import('js-yaml')
  try {
    const content = readFileSync(path, 'utf8')
    if (isObject(load(content))) return content
  } catch (error) {
    throw new StartError(`cannot read the kubeconfig ${path}: ${reasonOf(error)}`)
  }
  throw new StartError(`cannot read the kubeconfig ${path}: it is not a YAML object`)
}
