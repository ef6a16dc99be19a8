/**
 * The body is not a request of the hook. The message reaches the controller: it is the same for the same mistake, and
 * quotes nothing of the body.
 */
export class BodyError extends Error {
  override name = 'BodyError'
}

/**
 * There is no room for the body, or it comes too slowly. The message reaches the controller: it is the same each time.
 */
export class OverloadError extends Error {
  override name = 'OverloadError'

  constructor(reason: string) {
    super(`${reason}: try again`)
  }
}

/** The body could not be read to its end. Cluster API's own server begins its message with the same words. */
export const readError = (reason: string) => new BodyError(`error reading request: ${reason}`)

/** The body was read, but is not a request. Cluster API's own server begins its message with the same words. */
export const unmarshalError = (reason: string) =>
  new BodyError(`error unmarshalling request: ${reason}`)
