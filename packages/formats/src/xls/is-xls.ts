const oleSignature = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]

/** Whether a file begins as a workbook of Excel before 2007 does. */
export function isXls(head: Uint8Array): boolean {
  return oleSignature.every((byte, i) => head[i] === byte) || isBareWorkbook(head)
}

/** Excel before version 5 wrote its records without a container around them; the first one is BOF with its version. */
function isBareWorkbook(head: Uint8Array): boolean {
  const [kind, version, length, zero] = head
  return kind === 9 && zero === 0 && ((version === 0 && length === 4) || ((version === 2 || version === 4) && length === 6) || (version === 8 && (length === 8 || length === 16)))
}
