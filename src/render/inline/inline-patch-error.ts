/** One thing about an inline patch of which no JSON patch can be made. */
export interface InlineProblem {
  /** Where it is in the patch: `definitions[0].jsonPatches[1].valueFrom.template`. */
  readonly path: string
  /** The template that the patch was for. */
  readonly kind: string
  readonly message: string
  /** The controller may manage: what the patch says is not known here. */
  readonly isUnknown: boolean
}

/** An inline patch that the controller refuses, or of which nobody here knows what it makes. */
export class InlinePatchError extends Error {
  override name = 'InlinePatchError'
  readonly problems: readonly InlineProblem[]
  /** False where the controller refuses the patch as well. */
  readonly isUnknown: boolean

  constructor(patch: string, problems: readonly InlineProblem[]) {
    const lines = problems.map(
      ({ path, kind, message, isUnknown }) =>
        `${path} for ${kind}: ${isUnknown ? 'not known here: ' : ''}${message}`,
    )
    super(`patch "${patch}": ${[...new Set(lines)].join('; ')}`)
    this.problems = problems
    this.isUnknown = problems.every((problem) => problem.isUnknown)
  }
}
