import { Fault } from '@longshore/core'
import type { ReadSettings } from '@longshore/core'
import type { Call } from '../call.ts'
import type { Flag } from '../command.ts'
import { notADelimiter } from '../messages/usage.ts'

/** How a file is to be read, where the person knows better than detection. */
export const readingFlags: Readonly<Record<string, Flag>> = {
  encoding: { type: 'string', value: 'NAME', help: 'how the file\'s characters are written (utf-8; no other is read yet)' },
  delimiter: { type: 'string', value: 'CHAR', help: 'what stands between cells: one character, or "tab" (utf-8; no other is read yet)' },
  'header-row': { type: 'string', value: 'N', help: 'row number of the header; 0: none (utf-8; no other is read yet)' },
}

/** The most rows that may stand above a header. */
const lastHeaderRow = 10_000

export function readSettings(call: Call): ReadSettings {
  const settings: ReadSettings = {}
  const encoding = call.text('encoding')
  if (encoding !== undefined) settings.encoding = encoding
  const delimiter = call.text('delimiter')
  if (delimiter !== undefined) settings.delimiter = parseDelimiter(delimiter)
  const headerRow = call.whole('header-row', 0, lastHeaderRow)
  if (headerRow !== undefined) settings.headerRow = headerRow
  return settings
}

function parseDelimiter(text: string): string {
  if (text === 'tab' || text === '\\t') return '\t'
  if ([...text].length !== 1 || text.length !== 1) throw new Fault('usage.not-a-delimiter', notADelimiter(text))
  return text
}
