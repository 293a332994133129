/** Whether a file begins as a workbook does: a ZIP archive that holds no other kind of document. */
export function isXlsx(head: Uint8Array, fileName: string | undefined): boolean {
  return isZip(head) && (/\.xls[xm]$/i.test(fileName ?? '') || holds(head, 'xl/') || holds(head, '[Content_Types].xml')) && !holds(head, 'opendocument') && !holds(head, 'word/') && !holds(head, 'ppt/')
}

function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6))
}

function holds(head: Uint8Array, part: string): boolean {
  return Buffer.from(head.buffer, head.byteOffset, head.length).includes(part, 0, 'latin1')
}
