import { UnknownToTemplates } from '../errors.ts'
import { type GoFunction, takesMore } from '../signature.ts'

// What Sprig has besides. Some give another value at each call, and would roll out Machines forever.
const names = [
  ...['ago', 'duration', 'durationRound', 'must_date_modify', 'mustDateModify', 'mustToDate'],
  ...['toDate', 'unixEpoch', 'abbrev', 'abbrevboth', 'initials', 'swapcase', 'shuffle'],
  ...['snakecase', 'camelcase', 'kebabcase', 'wrap', 'wrapWith', 'randInt', 'add1f', 'addf'],
  ...['subf', 'divf', 'mulf', 'b32dec', 'bcrypt', 'htpasswd', 'genPrivateKey', 'derivePassword'],
  ...['buildCustomCert', 'genCA', 'genCAWithKey', 'genSelfSignedCert', 'genSelfSignedCertWithKey'],
  ...['genSignedCert', 'genSignedCertWithKey', 'encryptAES', 'decryptAES', 'urlParse', 'urlJoin'],
  ...['hello', 'untitle', 'js'],
]

/** Functions that a template may name, and that are not known here. */
export const unknown: Record<string, GoFunction> = Object.fromEntries(
  names.map((name) => [
    name,
    takesMore([], 'any', () => {
      throw new UnknownToTemplates(`the function ${name}`)
    }),
  ]),
)
