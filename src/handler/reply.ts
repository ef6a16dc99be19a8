/** The fields of a reply that say what becomes of the call; all others belong to one hook. */
export type AnswerField = 'status' | 'message' | 'retryAfterSeconds'

/** The call went well: fields of the hook's response, or nothing. A message is only informative. */
export type Success<Response extends object> = Omit<
  Response,
  AnswerField | 'apiVersion' | 'kind'
> & {
  status?: 'Success'
  message?: string
  retryAfterSeconds?: never
  /** Keeps a Promise from passing for an answer without fields. */
  then?: never
}

/** An expected no. It reaches the Cluster's conditions and no failurePolicy forgives it. */
export interface Failure {
  status: 'Failure'
  /** Short, deterministic and free of secrets. */
  message: string
  retryAfterSeconds?: never
}

/** Not yet: the controller calls again after so many seconds and shows the message. */
export interface Blocked {
  status?: 'Success'
  /** A whole number from 1. */
  retryAfterSeconds: number
  /** What the Cluster waits for: short, deterministic and free of secrets. */
  message: string
}

/** What a handler of the hook may return; nothing at all means Success. */
export type Reply<Response extends object> =
  | Success<Response>
  | Failure
  | (Response extends { retryAfterSeconds: number } ? Blocked : never)
  | undefined
  // biome-ignore lint/suspicious/noConfusingVoidType: a handler without a return statement is a Success
  | void
