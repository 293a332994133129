import { maxColumns } from '../limits.ts'
import { damaged } from '../sheet/file-fault.ts'
import { cellName, maxFarCells } from '../sheet/sheet-row.ts'
import { numberCellText } from '../sheet/cell-text.ts'
import type { NumberFormat } from '../sheet/number-format.ts'
import type { SheetRow } from '../sheet/sheet-row.ts'
import type { ByteSource } from '../source.ts'
import { decodeText } from '../text/decode-text.ts'
import { encodingCalled } from '../text/encodings.ts'
import { parseXml } from '../xlsx/xml-part.ts'
import { CellStyles } from './cell-styles.ts'

/** A row of a sheet; the sheet itself without a row, when it begins and when it turns out to be hidden. */
export interface XmlSheetRow { sheet: string; hidden: boolean; row: SheetRow | null }

/** The last row that a spreadsheet has. */
const maxRow = 1_048_576

/**
 * The rows of all sheets in the order of the document, in batches. Numbers come as their styles show them, dates and truth values as they
 * are typed in the file: dates in ISO form, without a time where there is none. `onMerge` is told of merged cells (`A1:C1`).
 */
export async function* xmlSheetRows(source: ByteSource, what: string, onMerge?: (sheet: string, range: string) => void): AsyncGenerator<XmlSheetRow[]> {
  let found: XmlSheetRow[] = []
  let sheet = ''
  let rowNumber = 0
  let row: SheetRow | null = null
  let position = -1
  let across = 0
  let type = ''
  let text: string | null = null
  let rowStyle: string | undefined
  let style: string | undefined
  const styles = new CellStyles()
  const where = (): string => sheet === '' ? '' : `sheet "${sheet}"${rowNumber > 0 ? `, cell ${cellName(rowNumber, Math.max(0, position))}` : ''}`
  const handler = {
    open(name: string, attributes: Readonly<Record<string, string>>): void {
      const of = (wanted: string): string | undefined => attributes[`ss:${wanted}`] ?? attributes[wanted]
      switch (name) {
        case 'Worksheet':
          sheet = of('Name') ?? ''
          rowNumber = 0
          found.push({ sheet, hidden: false, row: null })
          break
        case 'Row':
          rowNumber = numberIn(of('Index'), maxRow) ?? rowNumber + 1
          rowStyle = of('StyleID')
          position = -1
          across = 0
          row = { row: rowNumber, cells: [], far: [], faults: [], hidden: of('Hidden') === '1' }
          break
        case 'Cell': {
          const index = numberIn(of('Index'), 16_384)
          style = of('StyleID') ?? rowStyle
          position = index === null ? position + 1 + across : index - 1
          across = numberIn(of('MergeAcross'), 16_384) ?? 0
          const down = numberIn(of('MergeDown'), maxRow) ?? 0
          if (across > 0 || down > 0) onMerge?.(sheet, `${cellName(rowNumber, position)}:${cellName(rowNumber + down, position + across)}`)
          break
        }
        case 'Style':
          styles.openStyle(of('ID'), of('Parent'))
          break
        case 'NumberFormat':
          styles.numberFormat(of('Format'))
          break
        case 'Visible':
          text = ''
          break
        case 'Data':
          type = of('Type') ?? 'String'
          text = ''
          break
        default:
      }
    },
    text(piece: string): void {
      if (text !== null) text += piece
    },
    close(name: string): void {
      if (name === 'Data' && text !== null && row !== null) {
        if ((row.cells[position] ?? null) !== null) throw damaged(what, where(), 'the cell holds two values')
        put(row, position, type, text, styles.formatOf(style))
        text = null
      } else if (name === 'Visible') {
        // Said behind the rows, among the options of the sheet.
        if (text?.includes('Hidden') === true) found.push({ sheet, hidden: true, row: null })
        text = null
      } else if (name === 'Style') styles.closeStyle()
      else if (name === 'Row' && row !== null) {
        const finished = row
        row = null
        found.push({ sheet, hidden: false, row: finished })
      }
    },
  }
  for await (const _ of parseXml(asUtf8(source), handler, { what, where })) {
    if (found.length > 0) {
      yield found
      found = []
    }
  }
}

function put(row: SheetRow, position: number, type: string, text: string, format: NumberFormat): void {
  const value = valueOf(type, text, format)
  if (position >= maxColumns) {
    if (value.trim() !== '' && row.far.length < maxFarCells) row.far.push({ position, text: value })
    return
  }
  while (row.cells.length < position) row.cells.push(null)
  if (type === 'Error') row.faults.push({ code: 'read.error-value', position, line: row.row, character: null, found: text.slice(0, 60) })
  row.cells[position] = value
}

function valueOf(type: string, text: string, format: NumberFormat): string {
  switch (type) {
    case 'Number': return numberCellText(text.trim(), format, 1900) ?? text
    case 'Boolean': return text.trim() === '1' ? 'true' : 'false'
    case 'DateTime': {
      const [, date, time] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.0+)?Z?$/.exec(text.trim()) ?? []
      if (date === undefined || time === undefined) return text
      if (date === '1899-12-31') return time
      return time === '00:00:00' ? date : `${date}T${time}`
    }
    default: return text.replaceAll(/\r\n?/g, '\n')
  }
}

function numberIn(text: string | undefined, most: number): number | null {
  const found = Number(text)
  return text !== undefined && Number.isInteger(found) && found >= 1 && found <= most ? found : null
}

/** The document in UTF-8, as the XML reader takes it; what its declaration says else is carried out here. */
async function* asUtf8(source: ByteSource): AsyncGenerator<Uint8Array> {
  const head = Buffer.from(await source.read(0, 200)).toString('latin1')
  const said = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(head.replace(/^\xEF\xBB\xBF/, ''))?.[1]
  const encoding = said === undefined ? 'utf-8' : encodingCalled(said)
  if (encoding === 'utf-8' || encoding.startsWith('utf-16')) yield* source.stream()
  else for await (const { text } of decodeText(source.stream(), encoding)) yield Buffer.from(text.toWellFormed())
}
