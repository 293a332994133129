import { visible } from './visible.ts'

/** Widest a column of a text table gets, in characters. */
const widest = 48

/** A text table with a header line. Numbers stand to the right; the last column is not padded. */
export function table(header: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const text = rows.map((row) => header.map((_, position) => cellText(row[position])))
  const widths = header.map((name, position) => Math.max(name.length, ...text.map((row) => row[position]?.length ?? 0)))
  const toTheRight = header.map((_, position) => rows.length > 0 && rows.every((row) => typeof row[position] === 'number'))
  const line = (cells: readonly string[]) => cells.map((cell, position) => {
    const width = widths[position] ?? 0
    if (toTheRight[position]) return cell.padStart(width)
    return position === cells.length - 1 ? cell : cell.padEnd(width)
  }).join('  ').trimEnd()
  return `${[line(header), ...text.map(line)].join('\n')}\n`
}

function cellText(cell: string | number | null | undefined): string {
  return cell === null || cell === undefined ? '' : visible(String(cell), widest)
}
