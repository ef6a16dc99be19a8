/** How many letters have to be added, removed or changed to turn one text into another (Levenshtein). */
export function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1]
    for (const [other, target] of [...to].entries())
      next.push(
        Math.min(
          (row[other + 1] ?? 0) + 1,
          (next[other] ?? 0) + 1,
          (row[other] ?? 0) + (letter === target ? 0 : 1),
        ),
      )
    row = next
  }
  return row[to.length] ?? 0
}
