/**
 * Where in the sources of a project an error comes from, such as `src/hooks/index.ts:3`; undefined when no frame is there.
 * The cause of an error knows it better than the error.
 */
export function placeOfError(error: Error, root: string): string | undefined {
  const { stack = '', cause } = error
  const deeper = cause instanceof Error ? placeOfError(cause, root) : undefined
  if (deeper !== undefined) return deeper
  const frames = stack.split('\n').filter((line) => /^ {4}at /.test(line))
  const own = frames.find((line) => line.includes(`${root}/`) && !line.includes('/node_modules/'))
  const [, path, line] = /(?:file:\/\/)?(\/[^:()]*):(\d+):\d+\)?$/.exec(own ?? '') ?? []
  return path?.startsWith(`${root}/`) ? `${path.slice(root.length + 1)}:${line}` : undefined
}
