import { vi } from 'vitest'
import { runCommandLine } from '../../../src/cli/command-line.ts'

/** Runs a command line in this process: its exit code, and what it printed. */
export async function run(...args: string[]) {
  const output = { stdout: '', stderr: '' }
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      output[name] += text
      return true
    }),
  )
  // Vitest has a console of its own.
  const log = vi.spyOn(console, 'log').mockImplementation((text) => {
    output.stdout += `${text}\n`
  })
  try {
    return { code: await runCommandLine(args), ...output }
  } finally {
    for (const spy of [...spies, log]) spy.mockRestore()
  }
}
