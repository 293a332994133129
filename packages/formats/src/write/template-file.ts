import { Fault } from '@longshore/core/fault'
import type { FileChunk, ImportTemplate } from '@longshore/core'
import { csvWriter } from './csv-writer.ts'
import { xlsxText } from './xlsx-text.ts'

export const templateFormats = ['csv', 'xlsx'] as const
export type TemplateFormat = (typeof templateFormats)[number]

/** The second sheet of a workbook: what each column takes. Reading such a workbook reads the first. */
const explanations = ['Column', 'Field', 'Type', 'Required', 'What it takes']
/** What a spreadsheet shows in a list to choose from; longer lists are a text beyond 255 characters, which it refuses. */
const longestChoice = 250
/** Rows that have a list to choose from. */
const choiceRows = 10_000

/** A template as a file: headers and the example row; a workbook explains its columns on a second sheet and offers options to choose from. */
export async function templateFile(template: ImportTemplate, format: string, name: string): Promise<FileChunk> {
  const { columns } = template
  const headers = columns.map(({ header }) => header)
  const example = columns.map(({ example: value }) => (value === '' ? null : value))
  if (format === 'csv') {
    const writer = csvWriter()
    return [writer.start(headers), writer.rows([example]), writer.end()].join('')
  }
  if (format !== 'xlsx') throw new Fault('not-built-yet', `A template cannot be written as ${format}. Written are: ${templateFormats.join(', ')}.`, { path: 'format' })
  const { writeXlsx } = await import('hucre/xlsx')
  const texts = (rows: readonly (readonly (string | null)[])[]) => rows.map((cells, row) => cells.map((cell, position) => (cell === null ? null : xlsxText(cell, row + 1, position))))
  return writeXlsx({
    sheets: [
      {
        name: sheetName(name), freezePane: { rows: 1 }, rows: texts([headers, example]), columns: headers.map((header) => ({ width: Math.min(40, Math.max(12, header.length + 2)) })),
        dataValidations: columns.flatMap(({ choices }, position) => (choices === undefined || choices.join(',').length > longestChoice || choices.some((choice) => choice.includes(',')) ? [] : [{
          type: 'list' as const, values: [...choices], allowBlank: true, showErrorMessage: true, errorStyle: 'warning' as const, range: `${columnLetters(position)}2:${columnLetters(position)}${choiceRows}`,
        }])),
      },
      { name: 'Fields', freezePane: { rows: 1 }, rows: texts([explanations, ...columns.map(({ header, path, kind, required, takes }) => [header, path, kind, required ? 'yes' : '', takes])]), columns: [{ width: 28 }, { width: 28 }, { width: 14 }, { width: 10 }, { width: 80 }] },
    ],
  })
}

/** What a workbook takes for the name of a sheet; not the name of the second one. */
function sheetName(name: string): string {
  const plain = name.replaceAll(/[[\]:*?/\\']/g, ' ').trim().slice(0, 31)
  return plain === '' || plain.toLowerCase() === 'fields' ? 'Import' : plain
}

/** `A`, `Z`, `AA` for a position from 0. */
function columnLetters(position: number): string {
  return position < 26 ? String.fromCharCode(65 + position) : columnLetters(Math.floor(position / 26) - 1) + columnLetters(position % 26)
}
