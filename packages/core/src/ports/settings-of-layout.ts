import type { ReadSettings, SourceLayout } from './source-layout.ts'

/** The settings by which a file is read as this layout says, nothing left to detect: what a job's definition keeps, so that repeating it does the same. */
export function settingsOfLayout(layout: SourceLayout): ReadSettings {
  const { format, headerRow } = layout
  const encoding = layout.encoding === null ? {} : { encoding: layout.encoding }
  switch (layout.format) {
    case 'csv': {
      const { delimiter, quote, escape, dialect } = layout
      return {
        format, ...encoding, ...(delimiter === null ? {} : { delimiter }), quote, escape: escape === undefined ? 'doubled' : 'backslash', headerRow,
        ...(dialect === undefined ? {} : { dialect }),
      }
    }
    case 'xlsx': case 'xls': case 'xml-spreadsheet': return { format, sheet: layout.sheet, headerRow }
    case 'html': return { format, ...encoding, sheet: String(layout.table), headerRow }
    case 'json': return { format, ...encoding, jsonPath: layout.path }
    case 'ndjson': case 'vcard': case 'parquet': return { format, ...encoding }
  }
}
