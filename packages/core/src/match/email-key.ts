const ascii = /^[\0-\x7f]*$/

/**
 * Exact identity of an e-mail address: blanks around it and letter case aside; a domain with letters of other scripts is the one that it stands
 * for in the network (`münchen.example` is `xn--mnchen-3ya.example`). Plus-tags and dots are part of the address and stay.
 */
export function emailKey(text: string): string {
  const address = text.trim().toLowerCase()
  return ascii.test(address) ? address : withAsciiDomain(address.normalize('NFC'))
}

function withAsciiDomain(address: string): string {
  const at = address.lastIndexOf('@') + 1
  const domain = address.slice(at)
  const url = `http://${domain}/`
  return at === 0 || ascii.test(domain) || !URL.canParse(url) ? address : address.slice(0, at) + new URL(url).hostname
}
