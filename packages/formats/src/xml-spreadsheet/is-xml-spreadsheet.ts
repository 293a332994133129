import { markedEncoding } from '../text/byte-order.ts'
import { decodeHead } from '../text/decode-text.ts'

/** Whether a file begins as a workbook in one XML document does. */
export function isXmlSpreadsheet(head: Uint8Array): boolean {
  const text = decodeHead(head.subarray(0, 16_384), markedEncoding(head) ?? 'utf-8', false)
  return /^\s*<(?:\?xml|\?mso-application|!--|(?:\w+:)?Workbook)/.test(text) && /<(?:\w+:)?Workbook[\s>]/.test(text) && text.includes('urn:schemas-microsoft-com:office:spreadsheet')
}
