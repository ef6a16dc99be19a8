import { createHash } from 'node:crypto'
import { UnknownToTemplates } from '../errors.ts'
import { decode } from '../literals.ts'
import { takes } from '../signature.ts'

const hash = (algorithm: string) =>
  takes(['string'], (text) => createHash(algorithm).update(text).digest('hex'))

/** Sprig's functions for base64, base32 and checksums. */
export const encodings = {
  b64enc: takes(['string'], (text) => Buffer.from(text).toString('base64')),
  b64dec: takes(['string'], (text) => {
    const base64 = text.replace(/[\r\n]/g, '')
    if (!/^([\w+/]{4})*([\w+/]{2}==|[\w+/]{3}=)?$/.test(base64) || base64.includes('_'))
      throw new UnknownToTemplates(
        'base64 with a mistake, of which Sprig makes a text with the error',
      )
    return decode(Buffer.from(base64, 'base64'))
  }),
  b32enc: takes(['string'], base32),
  sha1sum: hash('sha1'),
  sha256sum: hash('sha256'),
  sha512sum: hash('sha512'),
  adler32sum: takes(['string'], (text) => {
    let [first, second] = [1, 0]
    for (const byte of Buffer.from(text)) {
      first = (first + byte) % 65521
      second = (second + first) % 65521
    }
    return String(second * 65536 + first)
  }),
}

function base32(text: string): string {
  const bits = [...Buffer.from(text)].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const groups = bits.match(/.{1,5}/g) ?? []
  const digits = groups.map((group) => {
    const value = Number.parseInt(group.padEnd(5, '0'), 2)
    return 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(value)
  })
  return digits.join('').padEnd(Math.ceil(digits.length / 8) * 8, '=')
}
