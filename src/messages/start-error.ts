/** A mistake of whoever starts the process. The message is one line and says what to do. */
export class StartError extends Error {
  override name = 'StartError'
}

/** The helpful part of an error in one line, for example `ENOENT: no such file or directory`. */
export function reasonOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  return line.replace(/, \w+ '.*$/, '')
}
