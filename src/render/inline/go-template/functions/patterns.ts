import { RE2JS } from 're2js'
import { TemplateError } from '../errors.ts'

export interface Match {
  readonly start: number
  readonly end: number
  readonly groups: readonly string[]
}

export function compile(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern)
  } catch (error) {
    throw new TemplateError(error instanceof Error ? error.message : String(error))
  }
}

export function isPattern(pattern: string): boolean {
  try {
    return compile(pattern) !== undefined
  } catch {
    return false
  }
}

/** The first matches, all of them below 0: an empty one does not follow right after another. */
export function matchesOf(expression: RE2JS, text: string, count: number): Match[] {
  const matches: Match[] = []
  let position = 0
  let previousEnd = -1
  while (position <= text.length && (count < 0 || matches.length < count)) {
    const match = matchFrom(expression, text, position)
    if (match === undefined) break
    const { start, end } = match
    position = end === position ? position + characterAt(text, position) : end
    if (end !== start || start !== previousEnd) matches.push(match)
    previousEnd = end
  }
  return matches
}

/** regexp.ReplaceAllString of Go. */
export function replace(
  expression: RE2JS,
  text: string,
  replacement: (match: Match) => string,
): string {
  let result = ''
  let copied = 0
  let position = 0
  while (position <= text.length) {
    const match = matchFrom(expression, text, position)
    if (match === undefined) break
    const { start, end } = match
    result += text.slice(copied, start)
    if (end > copied || start === 0) result += replacement(match)
    copied = end
    position = Math.max(position + characterAt(text, position), end)
  }
  return result + text.slice(copied)
}

/** What `$1` and `${name}` in a replacement stand for: regexp.Expand of Go. */
export function expand(template: string, { groups }: Match, expression: RE2JS): string {
  return template.replace(
    /\$(?:\$|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu,
    (whole, braced, bare) => {
      if (whole === '$$') return '$'
      const name: string = braced ?? bare
      const names: Record<string, number> = expression.namedGroups()
      const index = /^\d+$/.test(name) ? Number(name) : names[name]
      return (index === undefined ? undefined : groups[index]) ?? ''
    },
  )
}

function matchFrom(expression: RE2JS, text: string, position: number): Match | undefined {
  const matcher = expression.matcher(text)
  if (!matcher.find(position)) return undefined
  const count = expression.groupCount()
  const groups = Array.from({ length: count + 1 }, (_, index) => matcher.group(index) ?? '')
  return { start: matcher.start(), end: matcher.end(), groups }
}

function characterAt(text: string, position: number): number {
  return (text.codePointAt(position) ?? 0) > 0xffff ? 2 : 1
}
