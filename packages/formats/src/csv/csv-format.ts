import type { CsvLayout } from '@longshore/core'
import type { FileFormat } from '../file-format.ts'
import { detectCsv } from './detect-csv.ts'
import { readCsv } from './read-csv.ts'

/** Delimited text. Everything that no other format recognises is taken for it, and refused by name where it is something else. */
export const csvFormat: FileFormat<CsvLayout> = {
  name: 'csv',
  title: 'delimited text (CSV)',
  recognise: () => true,
  detect: detectCsv,
  read: (source, layout, { batchRows }) => readCsv(source.stream(), layout, { reopen: (start) => source.stream(start), ...(batchRows === undefined ? {} : { batchRows }) }),
}
