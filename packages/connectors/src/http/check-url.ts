import { isIP } from 'node:net'
import { Fault } from '@longshore/core'
import type { EgressRules } from './egress-rules.ts'

/** An address that may be connected to, with the only places that the connection may go. */
export interface CheckedUrl {
  url: URL
  addresses: { address: string; family: number }[]
}

/** What an address is for: a refusal says it in these words. */
export interface UrlUse { taken: string; local: string; example: string; nothing: string }

const forFiles: UrlUse = { taken: 'files are fetched', local: 'which nothing is fetched from. Download the file and give its path.', example: 'https://example.com/contacts.csv', nothing: 'Nothing was fetched.' }
export const forWebhooks: UrlUse = { taken: 'webhooks are sent', local: 'which no webhook is sent to. Give one that is reached from the open Internet.', example: 'https://example.com/import-finished', nothing: 'Nothing was sent.' }

/** For finding out where a host is, where the rules do not say. */
const usualResolveMs = 15_000

const schemePorts: Record<string, number> = { 'https:': 443, 'http:': 80 }

/**
 * Parses an address once, looks its host up, and refuses it unless scheme, port and every address that it stands for are allowed. The
 * connection must go to one of `addresses`: a name may stand for something else a moment later.
 */
export async function checkUrl(text: string | URL, rules: EgressRules, signal?: AbortSignal, use = forFiles): Promise<CheckedUrl> {
  const url = parse(text, use)
  const shown = shownUrl(url)
  if (!(url.protocol === 'https:' || (url.protocol === 'http:' && rules.http))) {
    throw refusal(`${shown} cannot be used: ${use.taken} by https${rules.http ? ' or http' : ''} alone.${url.protocol === 'http:' ? ' Write https, or have the operator allow http (LONGSHORE_ALLOW_HTTP=1).' : ''}`)
  }
  if (url.username !== '' || url.password !== '') throw refusal(`${shown} bears a user name or password in the address, which would end up in logs. Give an address without them.`)
  const own = schemePorts[url.protocol]
  const port = url.port === '' ? own : Number(url.port)
  if (port === undefined || (port !== own && !rules.ports.includes(port))) throw refusal(`${shown} names port ${url.port}; only ${[own, ...rules.ports].join(', ')} may be used. The operator can allow others (LONGSHORE_ALLOW_PORTS).`)
  const addresses = await addressesOf(url, rules, signal, use)
  // One private address among public ones is enough: which one a connection takes is not ours to know.
  if (addresses.length === 0 || addresses.some(({ address }) => !rules.isAllowed(address))) {
    throw refusal(`${shown} leads to a private, local or reserved address, ${use.local}`)
  }
  return { url, addresses }
}

/** Without what an address may hide behind ? and #: signatures and keys. */
export function shownUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`.slice(0, 200)
}

function parse(text: string | URL, use: UrlUse): URL {
  // the error of the platform holds the whole address, so it is not passed on
  try { return new URL(text) } catch {
    throw new Fault('source.url', `"${String(text).replace(/[?#].*$/s, '').slice(0, 200)}" is not a web address. It looks like ${use.example}.`)
  }
}

async function addressesOf(url: URL, rules: EgressRules, signal: AbortSignal | undefined, use: UrlUse): Promise<{ address: string; family: number }[]> {
  const host = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname
  const family = isIP(host)
  if (family !== 0) return [{ address: host, family }]
  try { return await inTime(rules.resolve(host), host, rules.resolveMs ?? usualResolveMs, signal, use) } catch (error) {
    if (error instanceof Fault) throw error
    throw new Fault('source.unreachable', `There is no host ${host.slice(0, 100)} (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}). Check the address, and that this computer can reach the Internet.`, { remedy: 'retry', cause: error })
  }
}

/** A look-up cannot be called off; nobody waits for its answer any more. */
async function inTime<T>(lookup: Promise<T>, host: string, ms: number, signal: AbortSignal | undefined, use: UrlUse): Promise<T> {
  lookup.catch(() => undefined)
  const late = AbortSignal.timeout(ms)
  const ended = signal === undefined ? late : AbortSignal.any([late, signal])
  return new Promise((resolve, reject) => {
    const end = (): void => {
      reject(signal?.aborted === true && !(signal.reason instanceof Error && signal.reason.name === 'TimeoutError') ? new Fault('source.stopped', `Looking up ${host.slice(0, 100)} was stopped. ${use.nothing}`)
        : new Fault('source.timeout', `Nobody could say in ${Math.ceil(ms / 1000)} seconds where ${host.slice(0, 100)} is. Check the address, and that this computer can reach the Internet.`, { remedy: 'retry' }))
    }
    if (ended.aborted) end()
    ended.addEventListener('abort', end, { once: true })
    lookup.then(resolve, reject).finally(() => { ended.removeEventListener('abort', end) })
  })
}

function refusal(message: string): Fault {
  return new Fault('source.url-refused', message)
}
