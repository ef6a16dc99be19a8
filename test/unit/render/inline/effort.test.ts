import { expect, it } from 'vitest'
import { UnknownToTemplates } from '../../../../src/render/inline/go-template/errors.ts'
import { render } from '../../../../src/render/inline/go-template/evaluate.ts'
import { dictionary } from '../../../../src/render/inline/go-template/values.ts'

it.each([
  ['{{range 1000000}}{{range 1000000}}a{{end}}{{end}}', 'so many steps'],
  ['{{range 1000000}}{{range 1000000}}{{end}}{{end}}', 'so many steps'],
  [
    '{{define "a"}}{{if lt (len .) 40}}{{template "a" (print . "x")}}{{template "a" (print . "x")}}{{end}}{{end}}{{template "a" ""}}',
    'so many steps',
  ],
  ['{{range 1000}}{{repeat 1000000 "x"}}{{end}}', 'such a length'],
  ['{{range 1000000}}{{$a := repeat 1000000 "x"}}{{end}}', 'such a length'],
])('%s is not rendered to its end', (template, message) => {
  expect(() => render(template, dictionary([]))).toThrow(UnknownToTemplates)
  expect(() => render(template, dictionary([]))).toThrow(message)
})

it('counts from the start for each template', () => {
  const template = '{{range 200000}}{{.}}{{end}}'
  for (let time = 0; time < 3; time++) expect(render(template, dictionary([]))).toMatch(/199999$/)
})
