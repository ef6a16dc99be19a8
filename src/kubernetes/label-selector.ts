import { ApiError } from './request.ts'

type Matches = (labels: Readonly<Record<string, unknown>>) => boolean

/** Whether labels fit a selector as kubectl takes it. Throws ApiError when it is none. */
export function matchesLabels(selector: string): Matches {
  const requirements = selector.trim() === '' ? [] : selector.split(/,(?![^(]*\))/).map(requirement)
  return (labels) => requirements.every((matches) => matches(labels))
}

function requirement(text: string): Matches {
  const [, not, key = '', operator = '', value = '', list] =
    /^\s*(!?)\s*([\w./-]+)\s*(?:(==?|!=)\s*([\w.-]*)|\b((?:not)?in\s*\([^()]*\)))?\s*$/.exec(
      text,
    ) ?? []
  if (key === '' || (not && (operator || list)))
    throw new ApiError(400, { message: `"${text.slice(0, 80)}" is no label selector` })
  if (not) return (labels) => !(key in labels)
  const [, negated, names = ''] = /^(not)?in\s*\((.*)\)$/.exec(list ?? '') ?? []
  if (list === undefined && operator === '') return (labels) => key in labels
  const values = list === undefined ? [value] : names.split(',').map((name) => name.trim())
  const isNegative = operator === '!=' || negated !== undefined
  return (labels) => values.includes(String(labels[key] ?? '\0')) !== isNegative
}
