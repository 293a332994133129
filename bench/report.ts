/** The middle of the values; of an even number of them, the mean of the middle two. NaN for none. */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const low = sorted[Math.ceil(middle) - 1], high = sorted[Math.floor(middle)]
  return low === undefined || high === undefined ? NaN : (low + high) / 2
}

/** Only 5 of 100 values are higher. NaN for none. */
export function p95(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? NaN
}

/** Columns side by side; the first stands to the left, numbers to the right. */
export function printTable(header: string[], lines: string[][]): void {
  const widths = header.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)))
  for (const line of [header, ...lines]) {
    console.log(line.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '))
  }
}

/** What could not be measured is a dash. */
export function seconds(value: number | null): string {
  return value === null ? '–' : value.toFixed(2)
}

export function inMegabytes(bytes: number | null): string {
  return bytes === null ? '–' : String(Math.round(bytes / 1e6))
}

/** 1000000 is "1 M", 20000 is "20 k". */
export function shortCount(count: number): string {
  if (count % 1e6 === 0) return `${count / 1e6} M`
  return count % 1e3 === 0 ? `${count / 1e3} k` : String(count)
}

/** 1234.5 is "1,235 ms". */
export function milliseconds(value: number): string {
  return `${Math.round(value).toLocaleString('en-US')} ms`
}
