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

/** The sentences in the first lines of what the compiler printed of mistakes.ts; any other first line as it is. */
export function printedMistakes(output: string): string[] {
  return output
    .split('\n')
    .filter((line) => /^\S/.test(line))
    .map((line) =>
      line.replace(/^.*mistakes\.ts\((\d+),\d+\): error TS\d+: .* of type '"(.*)"'\.$/, '$1 $2'),
    )
}
