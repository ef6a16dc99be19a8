const milliseconds: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
}

// Escaped, since esbuild escapes only texts: one other character makes two bytes of each of the bundle's, 3 ms at the start.
const part = /([\d.]+)([nu\u00b5\u03bcm]?s|m|h)/g
const whole = new RegExp(`^(${part.source})+$`)

/** Milliseconds of a Go duration such as `10s`, `1m30s` or `500ms`; undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0
  if (!whole.test(text)) return undefined
  let total = 0
  for (const [, number, unit = ''] of text.matchAll(part))
    total += Number(number) * (milliseconds[unit] ?? Number.NaN)
  return Number.isFinite(total) ? total : undefined
}
