import { sprint } from '../printf.ts'
import { takesMore } from '../signature.ts'
import type { Value } from '../values.ts'

const html: Record<string, string> = {
  '\0': '\ufffd',
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
}

/** Text for other languages: html and urlquery of text/template. */
export const escapes = {
  html: takesMore([], 'any', (...values) =>
    print(values).replace(/[\0"'&<>]/g, (character) => html[character] ?? character),
  ),
  urlquery: takesMore([], 'any', (...values) =>
    encodeURIComponent(print(values))
      .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll('%20', '+'),
  ),
}

function print(values: readonly Value[]): string {
  return sprint(...values.map((value) => value ?? '<no value>'))
}
