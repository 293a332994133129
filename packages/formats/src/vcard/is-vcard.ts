import { beginningText } from '../text/text-pieces.ts'

/** Whether a file begins with a contact card. */
export function isVcard(head: Uint8Array): boolean {
  return /^BEGIN:VCARD[ \t]*[\r\n]/i.test(beginningText(head))
}
