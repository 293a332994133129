/**
 * Takes COPY's text format apart: one line a row, tabs between values, `\N` for none. Every other backslash begins an escape, so a line
 * break is always the end of a row. Gives whole rows as their bytes come; what is left at the end belongs to no row.
 */
export class CopyRows {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  private rest = ''

  push(bytes: Uint8Array): (string | null)[][] {
    const text = this.rest + this.decoder.decode(bytes, { stream: true })
    const end = text.lastIndexOf('\n')
    this.rest = end === -1 ? text : text.slice(end + 1)
    return end === -1 ? [] : text.slice(0, end).split('\n').map(rowOf)
  }
}

function rowOf(line: string): (string | null)[] {
  const cells: (string | null)[] = line.split('\t')
  if (!line.includes('\\')) return cells
  for (let i = 0; i < cells.length; i += 1) {
    const cell = cells[i]
    if (cell === '\\N') cells[i] = null
    else if (cell?.includes('\\')) cells[i] = unescaped(cell)
  }
  return cells
}

const escapes: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

function unescaped(cell: string): string {
  return cell.replace(/\\(.)/gs, (_, character: string) => escapes[character] ?? character)
}
