import { getDomain } from 'tldts'

/**
 * Registrable domain of a web address, host or bare domain: "https://www.acme.co.uk/about" is "acme.co.uk".
 * Sites below a shared host ("acme.github.io") keep their own name. Empty when there is no registrable domain (an IP, "localhost").
 */
export function domainKey(text: string): string {
  return getDomain(text.trim().toLowerCase(), { allowPrivateDomains: true }) ?? ''
}
