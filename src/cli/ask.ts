import process from 'node:process'
import { createInterface } from 'node:readline/promises'

/** Whether someone sits there who can be asked. */
export const canAsk = () => process.stdin.isTTY === true && process.stdout.isTTY === true

/** What the reader types behind a question. */
export async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return (await terminal.question(question)).trim()
  } finally {
    terminal.close()
  }
}
