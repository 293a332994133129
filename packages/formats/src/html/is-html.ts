import { decodeHead } from '../text/decode-text.ts'
import { markedEncoding } from '../text/byte-order.ts'

const page = /^(?:\s|<!--[^]{0,2000}?-->|<\?xml\s[^>]{0,200}\?>)*<(?:!doctype\s+html|html|head|body|table|meta|style|div|center)[\s>]/i

/** What a table of a page may be cut out with. */
const piece = /^\s*<(?:script|link|title|p|h[1-6]|span|font|form|section|article|b|br)[\s>/]/i

/** Whether a file begins as a web page does, or as a bare table of one. */
export function isHtml(head: Uint8Array): boolean {
  const text = decodeHead(head.subarray(0, 8_192), markedEncoding(head) ?? 'utf-8', false)
  return page.test(text) || (piece.test(text) && /<table[\s>]/i.test(text))
}
