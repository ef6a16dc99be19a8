import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { reasonOf, StartError } from '../../messages/start-error.ts'
import { definitionsOf } from './definitions.ts'
import { moduleOf, type TypesOptions } from './types-of.ts'

/**
 * Makes one module of the types of all CustomResourceDefinitions in files.
 *
 * @returns What to print: the module, or what was written to `out`.
 * @throws StartError A file cannot be read or written, or holds nothing to make types of.
 */
export async function runTypes(
  files: readonly string[],
  { out, ...options }: { out?: string } & TypesOptions = {},
): Promise<string> {
  if (files.length === 0)
    throw new StartError('name a file: capi-extension types crd.yaml --out src/types/provider.ts')
  const texts = await Promise.all(files.map(read))
  const definitions = texts.flatMap((text, index) => definitionsOf(text, files[index] ?? ''))
  const source = files.map((file) => basename(file)).join(', ')
  const text = moduleOf(definitions, { source, ...options })
  if (out === undefined) return text
  await write(out, text)
  const kinds = definitions.map(
    ({ kind, versions }) => `${kind} (${versions.map(({ name }) => name).join(', ')})`,
  )
  return `${out}: ${kinds.join(', ')}`
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new StartError(`${file} cannot be read: ${reasonOf(error)}`)
  }
}

async function write(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  } catch (error) {
    throw new StartError(`${file} cannot be written: ${reasonOf(error)}`)
  }
}
