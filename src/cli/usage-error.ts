/** A mistake in how a command was called; the message is one line. */
export class UsageError extends Error {
  override name = 'UsageError'
}
