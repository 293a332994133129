import { refusalOf, unreachable } from './problem.ts'

export type Query = Record<string, string | number | boolean | null | undefined>

/** The address with its query; what is undefined, null or empty is left out. */
export function address(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`
}

export async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  const found = answer<T>(address(path, query), signal ? { signal } : {})
  const forced = sessionStorage.getItem(forcedStateKey)
  return forced === null ? found : (await import('../kit/forced-state.ts')).inState(forced, path, found)
}

/** Set at `/_kit`, in this tab alone: every page shows the state that it names. */
export const forcedStateKey = 'longshore.state'

/** `outlives`: it is sent also when the page goes meanwhile; small bodies only. */
export interface SendOptions { headers?: Record<string, string>; signal?: AbortSignal; outlives?: boolean }

/** What a browser lets a page leave behind, less what headers take. */
const mostLeftBehind = 60_000

/** Sends JSON. Every start carries an Idempotency-Key, so that a repeated click or a lost answer starts nothing twice. */
export async function send<T = void>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown, options: SendOptions = {}): Promise<T> {
  const text = body === undefined ? undefined : JSON.stringify(body)
  return answer<T>(path, {
    method, keepalive: options.outlives === true && (text?.length ?? 0) < mostLeftBehind,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...options.headers },
    ...(text === undefined ? {} : { body: text }),
    ...(options.signal ? { signal: options.signal } : {}),
  })
}

async function answer<T>(url: string, init: RequestInit): Promise<T> {
  let response: Response
  try {
    response = await fetch(url, { ...init, credentials: 'same-origin', headers: { accept: 'application/json', ...init.headers } })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw unreachable()
  }
  if (!response.ok) {
    const refusal = await refusalOf(response)
    if (response.status === 401) globalThis.dispatchEvent(new Event(signedOutEvent))
    throw refusal
  }
  if (response.status === 204) return undefined as T // a route without an answer
  return await response.json() as T // the contract's type for this route
}

/** Fired when an answer says that nobody is signed in (any more). */
export const signedOutEvent = 'longshore:signed-out'
