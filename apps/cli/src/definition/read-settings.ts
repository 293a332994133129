import { Fault } from '@longshore/core/fault'
import { csvDialects, sourceFormats } from '@longshore/core/source-layout'
import type { ReadSettings } from '@longshore/core'
import type { Call } from '../call.ts'
import type { Flag } from '../command.ts'
import { notADelimiter } from '../messages/usage.ts'
import { oneWord } from './known-word.ts'

/** How a file is to be read, where the person knows better than detection. */
export const readingFlags: Readonly<Record<string, Flag>> = {
  format: { type: 'string', value: 'WORD', help: `what the file is, whatever it looks like: ${sourceFormats.join(', ')}` },
  sheet: { type: 'string', value: 'S', help: 'sheet of a workbook by name or number; table of a web page by number' },
  encoding: { type: 'string', value: 'NAME', help: 'how the characters are written: utf-8, utf-16le, windows-1252, shift_jis, …' },
  delimiter: { type: 'string', value: 'CHAR', help: 'what stands between cells: one character, or "tab"' },
  quote: { type: 'string', value: 'CHAR', help: 'what stands around cells: " or another character' },
  escape: { type: 'string', value: 'WORD', help: 'how a quote inside a cell is written: doubled or backslash' },
  dialect: { type: 'string', value: 'WORD', help: `rules that the text follows to the letter: ${csvDialects.join(', ')}` },
  'header-row': { type: 'string', value: 'N', help: 'row number of the header; 0: none' },
  'json-path': { type: 'string', value: 'PATH', help: 'where the list of records is in a JSON document: data.contacts' },
}

/** The most rows that may stand above a header. */
const lastHeaderRow = 10_000

export function readSettings(call: Call): ReadSettings {
  const settings: ReadSettings = {}
  const format = oneWord(call, 'format', sourceFormats)
  if (format !== undefined) settings.format = format
  const delimiter = call.text('delimiter')
  if (delimiter !== undefined) settings.delimiter = parseDelimiter(delimiter)
  const escape = oneWord(call, 'escape', ['doubled', 'backslash'] as const)
  if (escape !== undefined) settings.escape = escape
  const dialect = oneWord(call, 'dialect', csvDialects)
  if (dialect !== undefined) settings.dialect = dialect
  const headerRow = call.whole('header-row', 0, lastHeaderRow)
  if (headerRow !== undefined) settings.headerRow = headerRow
  for (const [flag, name] of [['sheet', 'sheet'], ['encoding', 'encoding'], ['quote', 'quote'], ['json-path', 'jsonPath']] as const) {
    const text = call.text(flag)
    if (text !== undefined) settings[name] = text
  }
  return settings
}

function parseDelimiter(text: string): string {
  if (text === 'tab' || text === '\\t') return '\t'
  if ([...text].length !== 1 || text.length !== 1) throw new Fault('usage.not-a-delimiter', notADelimiter(text))
  return text
}
