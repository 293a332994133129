import { jsonLine } from './json-line.ts'
import type { TextWriter } from './row-writer.ts'

/** One JSON object per line. No value is null. */
export function ndjsonWriter(): TextWriter {
  let print = jsonLine([])
  return {
    start: (columns) => {
      print = jsonLine(columns)
      return ''
    },
    rows: (rows) => {
      let text = ''
      for (const row of rows) text += `${print(row)}\n`
      return text
    },
    end: () => '',
  }
}
