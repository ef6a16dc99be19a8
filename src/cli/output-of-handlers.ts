import process from 'node:process'

/** Runs something that calls handlers. What they print goes to stderr: it must not come between what is for programs. */
export async function withoutOutputOfHandlers<T>(run: () => Promise<T>): Promise<T> {
  const { write } = process.stdout
  process.stdout.write = process.stderr.write.bind(process.stderr)
  try {
    return await run()
  } finally {
    process.stdout.write = write
  }
}
