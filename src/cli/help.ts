/** The examples at the end of a help: a command line each, and what it does. */
export function examples(...rows: readonly (readonly [call: string, what: string])[]): string {
  const texts = rows.map(([call, what]) => `  # ${what}\n  capi-extension ${call}`)
  return `\nExamples:\n${texts.join('\n')}`
}

/** The headings that group commands. */
export const groups = {
  write: 'Write code:',
  run: 'See the hooks of this folder called:',
  ship: 'Ship them:',
  look: 'Look at Cluster API:',
} as const
