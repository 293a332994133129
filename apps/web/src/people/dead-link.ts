import { Refusal } from '../client/problem.ts'
import { words } from '../words/words.ts'

/** A link that lost a part of its secret on the way: said to whoever followed it, not to whoever wrote a request. */
export function deadLink(error: unknown): unknown {
  const cut = error instanceof Refusal && error.errors.some(({ path }) => path.endsWith('secret'))
  return cut ? new Refusal({ status: error.status, code: 'client.link', detail: words.people.cutLink }) : error
}
