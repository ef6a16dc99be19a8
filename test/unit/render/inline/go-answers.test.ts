import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { TemplateError } from '../../../../src/render/inline/go-template/errors.ts'
import { renderValue } from '../../../../src/render/inline/render-value.ts'

interface Answer {
  template: string
  variables: Record<string, unknown>
  value?: unknown
  error?: string
}

// One template a line, with what Go makes of it: made by go-answers.go.
const answers: Answer[] = readFileSync(new URL('go-answers.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))

describe('a template', () => {
  it.each(answers)(
    'is rendered as Go renders it: $template',
    ({ template, variables, ...answer }) => {
      if (answer.error === undefined) expect(renderValue(template, variables)).toEqual(answer.value)
      else expect(() => renderValue(template, variables)).toThrow(TemplateError)
    },
  )
})
