import { Fault } from '@longshore/core'
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../actor.ts'

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a request that changes something and was made by another site's page: a browser sends cookies, and reaches this computer, for any
 * page. Requests with an API key carry nothing that a browser adds by itself. A session's cookie must come with proof of its origin; a
 * request of the operator without one comes from a program, since browsers always name the origin of what changes something.
 */
export function refuseCrossSite(request: FastifyRequest, actor: Pick<Actor, 'kind'> | null): void {
  if (safe.has(request.method) || actor?.kind === 'key') return
  const { origin, host, 'sec-fetch-site': site } = request.headers
  const foreign = (site !== undefined && site !== 'same-origin' && site !== 'none') || (origin !== undefined && !isOwn(origin, host))
  const unproven = origin === undefined && site === undefined && actor?.kind === 'person'
  if (foreign || unproven) throw new Fault('access.cross-site', 'This request was made by a page of another site, or does not say where it comes from. Nothing was done. Programs use an API key.')
}

function isOwn(origin: string, host: string | undefined): boolean {
  try {
    return new URL(origin).host === host
  } catch {
    return false // "null" and the like
  }
}
