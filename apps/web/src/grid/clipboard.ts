/** Text as spreadsheets put it onto the clipboard: cells by tab, rows by line; a cell with either in it stands in quotes. */
export function parseClipboard(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = [], cell = '', quoted = false, at = 0
  const closeCell = () => { row.push(cell); cell = '' }
  const closeRow = () => { closeCell(); rows.push(row); row = [] }
  for (; at < text.length; at++) {
    const sign = text[at] ?? ''
    if (quoted) {
      if (sign !== '"') cell += sign
      else if (text[at + 1] === '"') { cell += '"'; at++ } else quoted = false
    } else if (sign === '"' && cell === '' && closesLater(text, at)) quoted = true
    else if (sign === '\t') closeCell()
    else if (sign === '\r' || sign === '\n') { if (sign === '\r' && text[at + 1] === '\n') at++; closeRow() } else cell += sign
  }
  if (cell !== '' || row.length > 0) closeRow()
  return rows
}

export function printClipboard(rows: readonly (readonly (string | null)[])[]): string {
  return rows.map((row) => row.map((cell) => /["\t\r\n]/.test(cell ?? '') ? `"${(cell ?? '').replaceAll('"', '""')}"` : cell ?? '').join('\t')).join('\n')
}

/** A quote opens a quoted cell only where another one closes it before a tab, a line end or the end: `5" pipe` is a plain cell. */
function closesLater(text: string, at: number): boolean {
  for (let index = at + 1; index < text.length; index++) {
    if (text[index] !== '"') continue
    if (text[index + 1] === '"') { index++; continue }
    return index + 1 === text.length || /[\t\r\n]/.test(text[index + 1] ?? '')
  }
  return false
}
