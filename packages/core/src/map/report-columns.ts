import { headerKey } from './header-key.ts'

/** The columns that Longshore's own files put beside the original ones, as they stand together. A corrected report is loaded without them. */
const runs = [
  { of: 'error report', headers: ['Row number', 'Field', 'Error type', 'Message', 'Original value'] },
  { of: 'result file', headers: ['Row number', 'Outcome', 'Record ID', 'Reason'] },
]

/** Position of each column that one of our own files added, with the name of that kind of file. */
export function reportColumns(columns: readonly string[]): Map<number, string> {
  const keys = columns.map(headerKey)
  const found = new Map<number, string>()
  for (const { of, headers } of runs) {
    const wanted = headers.map(headerKey)
    const start = keys.findIndex((_, i) => wanted.every((key, k) => keys[i + k] === key))
    // The error report's columns lead; anywhere else the same words would be somebody's own.
    if (start < 0 || (of === 'error report' && start > 0)) continue
    for (let k = 0; k < wanted.length; k++) found.set(start + k, of)
  }
  return found
}
