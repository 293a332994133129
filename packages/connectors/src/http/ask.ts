import { request as requestHttp, Agent as HttpAgent } from 'node:http'
import type { IncomingMessage, OutgoingHttpHeaders, RequestOptions } from 'node:http'
import { request as requestHttps, Agent as HttpsAgent } from 'node:https'
import type { LookupFunction } from 'node:net'
import { Fault } from '@longshore/core'
import { shownUrl } from './check-url.ts'
import type { CheckedUrl } from './check-url.ts'
import type { EgressRules } from './egress-rules.ts'

export interface Question { method: 'GET' | 'POST'; headers: OutgoingHttpHeaders; body?: string }

export interface Patience {
  signal: AbortSignal
  /** Between two pieces, and until the answer begins. */
  idleMs: number
  onIdle(): Error
}

const maxHeaderBytes = 32 * 1024

/** Sends one request to an address that was checked, over a connection that goes nowhere else; gives the head of the answer, whatever it says. */
export function ask({ url, addresses }: CheckedUrl, rules: EgressRules, { method, headers, body }: Question, { signal, idleMs, onIdle }: Patience): Promise<IncomingMessage> {
  const lookup: LookupFunction = (_host, { all }, answered) => {
    if (all === true) answered(null, addresses)
    else answered(null, addresses[0]?.address ?? '', addresses[0]?.family)
  }
  const secure = url.protocol === 'https:'
  const settings: RequestOptions = {
    method, lookup, signal, maxHeaderSize: maxHeaderBytes, timeout: idleMs,
    agent: secure ? new HttpsAgent({ keepAlive: false, ...(rules.authorities === undefined ? {} : { ca: rules.authorities }) }) : new HttpAgent({ keepAlive: false }),
    headers: { ...headers, 'user-agent': 'Longshore' },
  }
  return new Promise((resolve, reject) => {
    const request = (secure ? requestHttps : requestHttp)(url, settings, resolve)
    request.on('error', reject)
    request.on('timeout', () => { request.destroy(onIdle()) })
    request.on('socket', (socket) => {
      socket.once('connect', () => {
        // The last look: where the connection really went.
        const peer = socket.remoteAddress ?? ''
        if (!rules.isAllowed(peer) || !addresses.some(({ address }) => sameAddress(address, peer))) request.destroy(new Fault('source.url-refused', `${shownUrl(url)} was about to be reached at an address that was not checked. Nothing was sent.`))
      })
    })
    request.end(body)
  })
}

/** IPv6 has many spellings for one address; the address of a URL is already in the shortest one, a resolver's may not be. */
function sameAddress(a: string, b: string): boolean {
  const plain = (address: string): string => address.includes(':') ? new URL(`http://[${address}]/`).hostname : address
  return plain(a) === plain(b)
}
