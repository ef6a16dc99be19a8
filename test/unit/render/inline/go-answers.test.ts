import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  TemplateError,
  UnknownToTemplates,
} from '../../../../src/render/inline/go-template/errors.ts'
import { render } from '../../../../src/render/inline/go-template/evaluate.ts'
import { toDictionary } from '../../../../src/render/inline/go-template/to-value.ts'
import { renderValue } from '../../../../src/render/inline/render-value.ts'

interface Answer {
  template: string
  variables: Record<string, unknown>
  /** What the template gives before it is read as YAML. */
  text?: string
  value?: unknown
  error?: string
}

// One template a line, with what Go makes of it: made by go-answers.go.
const answers: Answer[] = readFileSync(new URL('go-answers.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))
const read = answers.filter(({ error }) => error === undefined)
const noYaml = answers.filter(({ error, text }) => error !== undefined && text !== undefined)
const refused = answers.filter(({ text }) => text === undefined)

describe('a template', () => {
  it.each(read)('is rendered as Go renders it: $template', (answer) => {
    const { template, variables, text, value } = answer
    expect(render(template, toDictionary(variables))).toBe(text)
    expect(renderValue(template, variables)).toEqual(value)
  })

  it.each(refused)('is refused as Go refuses it: $template', ({ template, variables }) => {
    expect(() => render(template, toDictionary(variables))).toThrow(TemplateError)
  })

  it.each(noYaml)('gives a text that is no YAML: $template', (answer) => {
    const { template, variables, text } = answer
    expect(render(template, toDictionary(variables))).toBe(text)
    expect(() => renderValue(template, variables)).toThrow()
  })

  it('was compared with Go in all these ways', () => {
    expect([read.length, refused.length, noYaml.length]).toEqual([263, 109, 6])
  })
})

describe('what is not known', () => {
  const variables = { map: { a: 1, b: 2 }, text: 'é' }
  it.each([
    ['{{ keys .map | first }}', 'the order of what keys or values give'],
    ['{{ range values .map }}{{ . }}{{ end }}', 'the order of what keys or values give'],
    ['{{ genCA "a" 1 }}', 'the function genCA'],
    ['{{ snakecase "aB" }}', 'the function snakecase'],
    ['{{ printf "%*d" 1 2 }}', '"%*" in a format'],
    ['{{ printf "%e" 1.5 }}', '%e of a number in a format'],
    ['{{ trunc 1 .text }}', 'broken characters'],
    ['{{ 1i }}', 'the complex number 1i'],
    ['{{ define "a" }}{{ template "a" }}{{ end }}{{ template "a" }}', 'calls itself'],
    ['{{ until 10000000 }}', 'a list of 10000000 numbers'],
    ['{{ $x := set .map "a" .map }}{{ $x }}', 'a value without an end'],
    ['a: &b c', 'an anchor in the YAML'],
    ['a: 9007199254740993', 'an integer as large as 9007199254740993'],
  ])('is said of %s', (template, message) => {
    const run = () => renderValue(template, structuredClone(variables))
    expect(run).toThrow(UnknownToTemplates)
    expect(run).toThrow(message)
  })

  it('names the function also where the place is in a branch', () => {
    try {
      renderValue('a\n{{ if true }}\n{{ wrap 3 "a" }}{{ end }}', {})
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({
        message: 'the function wrap',
        place: 'line 3: {{ wrap 3 "a" }}',
      })
    }
  })
})
