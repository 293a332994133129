/** What a caller can do about a fault: `retry` later, `stop` the job, or `refuse` the request because its words are off. */
export type FaultRemedy = 'retry' | 'stop' | 'refuse'

/**
 * Something wrong about us, the world or a request (never about a row of the user's data: that is an Issue).
 * The message says what happened, where, what was found and what to do.
 */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly code: string
  readonly remedy: FaultRemedy
  /** Where in a definition document the fault lies: `columns[2].field`. */
  readonly path: string | undefined

  constructor(code: string, message: string, options: { remedy?: FaultRemedy; path?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.remedy = options.remedy ?? 'refuse'
    this.path = options.path
  }
}
