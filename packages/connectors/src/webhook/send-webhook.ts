import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { Fault } from '@longshore/core'
import { ask } from '../http/ask.ts'
import { checkUrl, forWebhooks, shownUrl } from '../http/check-url.ts'
import type { EgressRules } from '../http/egress-rules.ts'

export interface WebhookMessage {
  /** The same for each try, so that a receiver takes it once. */
  id: string
  /** JSON. */
  body: string
  /** `whsec_…`; while a secret is replaced, both sign. */
  secrets: readonly string[]
}

/** `gone`: the receiver wants no more of it. `afterSeconds`: it asked to be left alone for so long. */
export type WebhookAnswer = { kind: 'delivered' } | { kind: 'failed'; code: string; afterSeconds: number } | { kind: 'gone' }

const timeoutMs = 20_000

/**
 * Sends one signed message as Standard Webhooks has it, by the rules of all that leaves. A redirect is a failure: what was signed for one address is
 * not handed on to another. Throws a Fault for an address that may not be used.
 */
export async function sendWebhook(address: string, rules: EgressRules, { id, body, secrets }: WebhookMessage, now = new Date()): Promise<WebhookAnswer> {
  const signal = AbortSignal.timeout(timeoutMs)
  const checked = await checkUrl(address, rules, signal, forWebhooks)
  const headers = {
    'content-type': 'application/json', 'content-length': Buffer.byteLength(body),
    'webhook-id': id, 'webhook-timestamp': String(Math.floor(now.getTime() / 1000)), 'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(' '),
  }
  try {
    const answer = await ask(checked, rules, { method: 'POST', headers, body }, { signal, idleMs: timeoutMs, onIdle: () => new Fault('webhook.timeout', `${shownUrl(checked.url)} did not answer in ${timeoutMs / 1000} seconds.`, { remedy: 'retry' }) })
    answer.destroy()
    const status = answer.statusCode ?? 0
    if (status >= 200 && status < 300) return { kind: 'delivered' }
    if (status === 410) return { kind: 'gone' }
    return { kind: 'failed', code: `http-${status}`, afterSeconds: Math.min(Number(answer.headers['retry-after']) || 0, 86_400) }
  } catch (error) {
    if (error instanceof Fault && error.code === 'source.url-refused') throw error
    return { kind: 'failed', code: error instanceof Fault ? error.code : String((error as NodeJS.ErrnoException).code ?? 'unreachable'), afterSeconds: 0 }
  }
}

/** A secret that webhooks are signed with: 256 bits of chance. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}
