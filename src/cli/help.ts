/** The examples at the end of a help: a command line, and what it does. */
export function examples(...rows: readonly (readonly [call: string, what: string])[]): string {
  const width = Math.max(...rows.map(([call]) => call.length))
  const lines = rows.map(([call, what]) => `  capi-extension ${call.padEnd(width)}  # ${what}`)
  return `\nExamples:\n${lines.join('\n')}`
}

/** The headings that group commands. */
export const groups = {
  write: 'Write code:',
  run: 'See the hooks of this folder called:',
  ship: 'Ship them:',
  look: 'Look at Cluster API:',
} as const
