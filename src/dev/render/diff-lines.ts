/** What happens to a line: it stays, goes or is new. */
export interface ChangedLine<Line> {
  readonly sign: ' ' | '-' | '+'
  readonly line: Line
}

// Beyond it the table below would take too much memory.
const largest = 4_000_000

/** The shortest way from some lines to others. */
export function diffLines<Line extends { readonly text: string }>(
  before: readonly Line[],
  after: readonly Line[],
): ChangedLine<Line>[] {
  const isSame = (i: number, j: number) => before[i]?.text === after[j]?.text
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && isSame(start, start)) start++
  let end = 0
  while (end < shorter - start && isSame(before.length - 1 - end, after.length - 1 - end)) end++
  const marked = (sign: ChangedLine<Line>['sign'], lines: readonly Line[]) =>
    lines.map((line) => ({ sign, line }))
  const old = before.slice(start, before.length - end)
  const now = after.slice(start, after.length - end)
  return [
    ...marked(' ', before.slice(0, start)),
    ...(old.length * now.length > largest
      ? [...marked('-', old), ...marked('+', now)]
      : diffMiddle(old, now)),
    ...marked(' ', before.slice(before.length - end)),
  ]
}

function diffMiddle<Line extends { readonly text: string }>(
  old: readonly Line[],
  now: readonly Line[],
): ChangedLine<Line>[] {
  const width = now.length + 1
  // How many lines stay, of those from i on and those from j on.
  const kept = new Uint32Array((old.length + 1) * width)
  const at = (i: number, j: number) => kept[i * width + j] ?? 0
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      kept[i * width + j] =
        old[i]?.text === now[j]?.text ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const lines: ChangedLine<Line>[] = []
  let [i, j] = [0, 0]
  for (;;) {
    const [left, right] = [old[i], now[j]]
    if (left && right && left.text === right.text) {
      lines.push({ sign: ' ', line: right })
      i++
      j++
    } else if (left && (!right || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ sign: '-', line: left })
      i++
    } else if (right) {
      lines.push({ sign: '+', line: right })
      j++
    } else return lines
  }
}
