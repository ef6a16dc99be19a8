/** A float64 as Go's `%v` prints it: the shortest digits, 1e+06 from a million on. */
export function formatFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  if (Object.is(value, -0)) return '-0'
  const [digits = '', exponentText = ''] = value.toExponential().split('e')
  const exponent = Number(exponentText)
  if (value === 0 || (exponent >= -4 && exponent < 6)) return String(value)
  const sign = exponent < 0 ? '-' : '+'
  return `${digits}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`
}

/** A float64 with so many places, as Go's `%.2f`: a tie goes to the even digit. */
export function formatFixed(value: number, places: number): string {
  if (!Number.isFinite(value)) return formatFloat(value)
  // The value is exactly numerator / denominator.
  let denominator = 1n
  let whole = Math.abs(value)
  while (!Number.isInteger(whole)) {
    whole *= 2
    denominator *= 2n
  }
  const numerator = BigInt(whole) * 10n ** BigInt(places)
  const rest = (numerator % denominator) * 2n
  let rounded = numerator / denominator
  if (rest > denominator || (rest === denominator && rounded % 2n === 1n)) rounded += 1n
  const digits = String(rounded).padStart(places + 1, '0')
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const fraction = places > 0 ? `.${digits.slice(-places)}` : ''
  return `${sign}${digits.slice(0, digits.length - places)}${fraction}`
}
