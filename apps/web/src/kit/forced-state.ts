import { Refusal } from '../client/problem.ts'

/** What stands around every page is as it is. */
const untouched = new Set(['/v1/me', '/v1/objects', '/v1/notifications'])

/** What a page would be told in a state: nothing yet, a refusal, or that there is nothing. */
export async function inState<T>(state: string, path: string, found: Promise<T>): Promise<T> {
  if (untouched.has(path)) return found
  if (state === 'loading') { void found.catch(() => undefined); return new Promise(() => undefined) }
  const answer = await found
  if (state === 'error') throw new Refusal({ status: 409, code: 'kit.example', detail: 'This is how a page says that something could not be done: what it was, what is safe, and what to do.', request: 'req-7f3a' })
  return state === 'empty' ? emptied(answer) as T : answer
}

/** The same answer with all of its lists empty and its counts at nothing. */
export function emptied(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null) return answer
  if (Array.isArray(answer)) return []
  return Object.fromEntries(Object.entries(answer).map(([key, value]) => [key, Array.isArray(value) ? [] : key === 'count' || key === 'counts' ? zeroed(value) : key === 'next' ? null : key === 'total' ? 0 : value]))
}

function zeroed(counts: unknown): unknown {
  return typeof counts === 'object' && counts !== null ? Object.fromEntries(Object.entries(counts).map(([key, value]) => [key, typeof value === 'number' ? 0 : value])) : counts
}
