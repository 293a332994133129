import { jsonLine } from './json-line.ts'
import type { TextWriter } from './row-writer.ts'

/** A JSON array of objects, one per line. No value is null. */
export function jsonWriter(): TextWriter {
  let print = jsonLine([])
  let first = true
  return {
    start: (columns) => {
      print = jsonLine(columns)
      first = true
      return '['
    },
    rows: (rows) => {
      let text = ''
      for (const row of rows) {
        text += (first ? '\n' : ',\n') + print(row)
        first = false
      }
      return text
    },
    end: () => '\n]\n',
  }
}
