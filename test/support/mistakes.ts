import { readFileSync } from 'node:fs'

const file = 'test/types/mistakes/mistakes.ts'

/** The sentences that mistakes.ts asks for, each after the number of its line. */
export function expectedMistakes(): string[] {
  return (
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, index) => (line.startsWith('// ') ? [`${index + 2} ${line.slice(3)}`] : []))
      // The comment at the top of the file is none.
      .slice(2)
  )
}

/** What the compiler's first lines say of mistakes.ts, each after the number of its line. */
export function printedMistakes(output: string): string[] {
  return output
    .split('\n')
    .filter((line) => /^\S/.test(line))
    .map((line) => {
      const [, number, message = line] =
        /mistakes\.ts\((\d+),\d+\): error TS\d+: (.*)$/.exec(line) ?? []
      return `${number} ${/ of type '"(.*)"'\.$/.exec(message)?.[1] ?? message}`
    })
}
