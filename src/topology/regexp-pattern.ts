/**
 * A RegExp as the pattern of an OpenAPI schema, which Kubernetes reads as RE2. Throws where the same
 * text would mean something else there. Whether RE2 can read it at all is not checked.
 */
export function patternOf(regExp: RegExp): string {
  const { source, flags, unicode } = regExp
  const strange = [...flags].find((flag) => !'dius'.includes(flag))
  if (strange)
    throw new Error(`a pattern cannot say the flag ${strange} of ${regExp}: write it without`)
  if (flags.includes('i') && !unicode)
    throw new Error(
      `the flag i of ${regExp} folds letters in another way than RE2: write it with iu`,
    )
  const tokens: readonly string[] = source.match(/\\x\{|\\.|\[\^?\]|\[\[:|./gs) ?? []
  const other = tokens.find((token) =>
    (unicode ? brackets : [...brackets, ...escapes]).includes(token),
  )
  if (other)
    throw new Error(`${other} in ${regExp} is another thing in RE2: write it in another way`)
  const inRE2 = ['i', 's'].filter((flag) => flags.includes(flag)).join('')
  return inRE2 === '' ? source : `(?${inRE2})${source}`
}

// JavaScript reads these as a whole class or as characters of one, RE2 as the start of a longer class.
const brackets = ['[]', '[^]', '[[:']
// Without the flag u JavaScript reads these as letters, and RE2 does not. With it they are errors, or mean the same in both.
const escapes = [...'AaCEPQpz'].map((letter) => `\\${letter}`).concat('\\x{')
