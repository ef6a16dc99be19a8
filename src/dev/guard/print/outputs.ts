/** The forms in which it is said what was found. */
export const outputs = ['text', 'markdown', 'json', 'junit'] as const

/** One of the forms. */
export type Output = (typeof outputs)[number]
