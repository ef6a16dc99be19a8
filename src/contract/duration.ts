const millisecondsPerUnit: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
}

// The two signs for micro are escaped: with one character outside of Latin-1, Node reads the whole bundle as two bytes a
// character, which takes 3 ms of the start. esbuild escapes texts, but not regular expressions.
const part = /([\d.]+)([nu\u00b5\u03bcm]?s|m|h)/g
const whole = new RegExp(`^(${part.source})+$`)

/** Milliseconds of a Go duration such as `10s`, `1m30s` or `500ms`; undefined when the text is not one. */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0
  if (!whole.test(text)) return undefined
  let milliseconds = 0
  for (const [, number, unit = ''] of text.matchAll(part))
    milliseconds += Number(number) * (millisecondsPerUnit[unit] ?? Number.NaN)
  return Number.isFinite(milliseconds) ? milliseconds : undefined
}
