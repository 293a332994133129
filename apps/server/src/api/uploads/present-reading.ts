import type { Reading } from '@longshore/contract'
import type { RawRow, SourceLayout } from '@longshore/core'

export function presentReading({ layout, rows }: { layout: SourceLayout; rows: RawRow[] }): Reading {
  return {
    format: layout.format, encoding: layout.encoding, headerRow: layout.headerRow, columns: layout.columns, warnings: layout.warnings, rows: rows.map(({ cells }) => [...cells]), rowNumbers: rows.map(({ row }) => row),
    delimiter: layout.format === 'csv' ? layout.delimiter : null, lineEnd: layout.format === 'csv' ? layout.lineEnd ?? null : null,
    sheet: 'sheet' in layout ? layout.sheet : null, sheets: 'sheets' in layout ? layout.sheets : [], jsonPath: layout.format === 'json' ? layout.path : null,
  }
}
