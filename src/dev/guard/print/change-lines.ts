/** What a value was and is, as lines that begin with `-` and `+`: of a text only the lines that differ. */
export function changeLines({ before, after }: { before: unknown; after: unknown }): string[] {
  const isText = [before, after].some((value) => typeof value === 'string' && value.includes('\n'))
  const [old, now] = [linesOf(before, isText), linesOf(after, isText)]
  let start = 0
  while (start < Math.min(old.length, now.length) && old[start] === now[start]) start++
  let end = 0
  const shortest = Math.min(old.length, now.length) - start
  while (end < shortest && old.at(-1 - end) === now.at(-1 - end)) end++
  return [
    ...old.slice(start, old.length - end).map((line) => `- ${line}`),
    ...now.slice(start, now.length - end).map((line) => `+ ${line}`),
  ]
}

function linesOf(value: unknown, isText: boolean): string[] {
  if (value === undefined) return []
  if (typeof value === 'string' && isText) return value.split('\n')
  return JSON.stringify(value, null, 1).split('\n')
}
