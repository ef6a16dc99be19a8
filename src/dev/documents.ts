import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { loadAll } from 'js-yaml'
import { isObject } from '../json/json.ts'
import { reasonOf, StartError } from '../messages/start-error.ts'

/** A document of a file. */
export interface FoundDocument {
  readonly file: string
  readonly document: unknown
}

/**
 * The documents of a YAML text, with the items of a List in place of it, as kubectl prints several
 * objects.
 *
 * @param source Names the text in errors, such as its file.
 */
export function documentsOf(yaml: string, source: string): unknown[] {
  try {
    return loadAll(yaml).flatMap(itemsOf)
  } catch (error) {
    throw new StartError(`${source} is no YAML: ${reasonOf(error)}`)
  }
}

function itemsOf(document: unknown): unknown[] {
  if (!isObject(document)) return document === null ? [] : [document]
  const { kind, items } = document
  return String(kind).endsWith('List') && Array.isArray(items) ? items : [document]
}

/** The documents of a YAML or JSON file, or of all such files below a folder in the order of their names. */
export async function readDocuments(path: string): Promise<FoundDocument[]> {
  const found = await Promise.all((await filesOf(path)).map(readFileDocuments))
  return found.flat()
}

async function filesOf(path: string): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path]
    const names = await readdir(path, { recursive: true })
    return names
      .filter((name) => /\.(ya?ml|json)$/.test(name) && !name.includes('node_modules'))
      .toSorted()
      .map((name) => join(path, name))
  } catch (error) {
    throw new StartError(`${path} cannot be read: ${reasonOf(error)}`)
  }
}

async function readFileDocuments(file: string): Promise<FoundDocument[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new StartError(`${file} cannot be read: ${reasonOf(error)}`)
  })
  return documentsOf(text, file).map((document) => ({ file, document }))
}
