import type { Problem } from '@longshore/contract'

/** An answer that is no success, as the server put it; or no answer at all. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly status: number
  readonly code: string
  /** The one place where the fault lies: a path in a definition, or a field of the request. */
  readonly path: string | null
  /** The same of several. */
  readonly errors: readonly { path: string; message: string }[]
  /** To be given to whoever looks into the log. */
  readonly request: string | null

  constructor(problem: Pick<Problem, 'status' | 'code' | 'detail'> & Partial<Problem>) {
    super(problem.detail)
    this.status = problem.status
    this.code = problem.code
    this.path = problem.path ?? null
    this.errors = problem.errors ?? []
    this.request = problem.request ?? null
  }
}

export function unreachable(): Refusal {
  return new Refusal({ status: 0, code: 'client.offline', detail: 'Longshore does not answer. What you did so far is safe; check the connection, or whether Longshore still runs, and try again.' })
}

/** Whether nobody answered: it may be well once somebody does. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof Refusal && (error.status === 0 || error.status >= 502)
}

/** The problem of an answer, whatever answered: a proxy in between speaks no JSON. */
export async function refusalOf(response: Response): Promise<Refusal> {
  const body: unknown = await response.json().catch(() => null)
  if (typeof body === 'object' && body !== null && 'detail' in body && 'code' in body) return new Refusal(body as Problem) // our own server's shape
  return new Refusal({ status: response.status, code: `http.${response.status}`, detail: `The server answered ${response.status} without saying why. Try again; if it stays, whoever runs Longshore finds more in its log.` })
}
