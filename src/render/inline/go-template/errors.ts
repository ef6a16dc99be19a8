/** Go refuses the template as well: the controller could not render it either. */
export class TemplateError extends Error {
  override name = 'TemplateError'
  /** The action that it is about, with its line. */
  place: string | undefined
}

/** Go may render the template, and the evaluator here does not know how. */
export class UnknownToTemplates extends Error {
  override name = 'UnknownToTemplates'
  place: string | undefined
}

/** Runs a part of the work; a problem in it gets its place, unless it has one from further inside. */
export function locate<Result>(place: () => string, run: () => Result): Result {
  try {
    return run()
  } catch (error) {
    if (error instanceof TemplateError || error instanceof UnknownToTemplates)
      error.place ??= place()
    throw error
  }
}
