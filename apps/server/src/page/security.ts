import type { FastifyInstance } from 'fastify'
import { styleHash } from './style.ts'

/** Names under which this computer knows itself. */
const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Nothing loads but our own inline sheet (and the empty icon); nobody may frame the page. */
export const pagePolicy = `default-src 'none'; style-src ${styleHash}; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`
/** What a browser may do with a download that it shows all the same: nothing. */
export const downloadPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox"

export const securityHeaders = {
  'content-security-policy': pagePolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cache-control': 'no-store',
}

/**
 * Puts the guards before every route: an address other than a loopback name is refused, since a name that someone else
 * points at 127.0.0.1 would let their page read ours; and every answer, refusals too, carries the security headers.
 */
export function guardRequests(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders)
    if (!isLoopbackName(request.headers.host)) {
      return reply.code(421).type('text/plain; charset=utf-8').send('Longshore answers on this computer only: use http://127.0.0.1 or http://localhost with its port.\n')
    }
    return undefined
  })
}

/** Whether a Host header names this computer; the port may be any. */
export function isLoopbackName(host: string | undefined): boolean {
  const name = /^(\[[0-9a-f:.]+\]|[^:@/\\]+)(?::\d{1,5})?$/i.exec(host ?? '')?.[1]
  return name !== undefined && loopbackNames.has(name.toLowerCase())
}
