import { watch } from 'node:fs'

// An editor saves in several steps: a temporary file, a rename, a backup.
const settleMilliseconds = 50

/**
 * Watches all that is below a folder, whose files may be written to or replaced: a watched file would be lost
 * when another is renamed to its place. Gives a function; its promise holds the next saved file, by its path
 * from the folder.
 */
export function followFolder(folder: string): () => Promise<string> {
  let save = Promise.withResolvers<string>()
  let timer: NodeJS.Timeout | undefined
  watch(folder, { recursive: true }, (_, file) => {
    if (file === null || isTemporary(file)) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      save.resolve(file)
      save = Promise.withResolvers()
    }, settleMilliseconds)
  })
  return () => save.promise
}

const isTemporary = (file: string) => /(^|\/)\.[^/]*$|~$/.test(file)
