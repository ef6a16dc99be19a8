/** The hook and the handler of a call, as fields of a log line and labels of a metric. */
export interface HandlerReference {
  hook: string
  /** Undefined for Discovery, which has no handler. */
  handler: string | undefined
}
