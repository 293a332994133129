import type { ReadFault } from '@longshore/core'
import { maxCellCharacters, maxColumns } from '../limits.ts'
import { numberCellText } from '../sheet/cell-text.ts'
import { damaged, tooLarge } from '../sheet/file-fault.ts'
import { plainNumber } from '../sheet/number-format.ts'
import type { ColumnRange } from '../sheet/choose-sheet.ts'
import { cellName, columnOfCell, maxFarCells } from '../sheet/sheet-row.ts'
import type { SheetRow } from '../sheet/sheet-row.ts'
import { shown } from './archive.ts'
import { unescapeText } from './escaped-text.ts'
import { maxRows, maxSheetBytes, maxSheetColumns } from './limits.ts'
import type { StringTable } from './string-table.ts'
import type { Workbook, Worksheet } from './workbook.ts'
import { parseXml } from './xml-part.ts'
import type { XmlHandler } from './xml-part.ts'

/** The rows of a sheet that hold cells, piece by piece in the order of the sheet; `hidden` takes the columns that it hides, which stand before the rows. */
export async function* sheetRows(workbook: Workbook, sheet: Worksheet, strings: StringTable, hidden: ColumnRange[] = []): AsyncGenerator<SheetRow[]> {
  const cells = new CellReader(workbook, sheet, hidden)
  for await (const _ of parseXml(workbook.archive.part(sheet.part, maxSheetBytes), cells.handler, { what: workbook.what, where: () => cells.place() })) {
    const rows = cells.take()
    if (rows.length === 0) continue
    await strings.loadTo(cells.highestIndex)
    for (const row of rows) nameTexts(row, strings, workbook, sheet)
    yield rows as unknown as SheetRow[] // every index became a text
  }
}

/** A row as it comes from the XML: a cell may still be the index of a shared text. */
interface PendingRow extends Omit<SheetRow, 'cells' | 'far'> {
  cells: (string | number | null)[]
  far: { position: number; text: string | number }[]
}

function nameTexts(row: PendingRow, strings: StringTable, workbook: Workbook, sheet: Worksheet): void {
  const { cells } = row
  for (let position = 0; position < cells.length; position += 1) {
    const cell = cells[position]
    if (typeof cell === 'number') cells[position] = textAt(cell, position)
  }
  for (const cell of row.far) if (typeof cell.text === 'number') cell.text = textAt(cell.text, cell.position) ?? ''

  function textAt(index: number, position: number): string | null {
    const text = strings.text(index)
    if (text === undefined) {
      throw damaged(workbook.what, `sheet "${shown(sheet.name)}", cell ${cellName(row.row, position)}`, workbook.strings === null ? 'the text of the cell is in a table of texts that the file lacks' : `the cell names text ${index + 1} of a table that ends before it`)
    }
    return text === '' ? null : text
  }
}

/** Takes the XML of one sheet apart into rows. */
class CellReader {
  /** The highest index of a shared text that any cell named so far; -1: none. */
  highestIndex = -1
  readonly handler: XmlHandler
  readonly #workbook: Workbook
  readonly #sheet: Worksheet
  readonly #hidden: ColumnRange[]
  #rows: PendingRow[] = []
  #row: PendingRow = emptyRow(0, false)
  #position = -1
  #type = ''
  #style = 0
  #value = ''
  #inline = ''
  #formula = false
  #inCells = false
  #inCell = false
  #inValue = false
  #inText = false
  #phonetic = 0

  constructor(workbook: Workbook, sheet: Worksheet, hidden: ColumnRange[]) {
    this.#workbook = workbook
    this.#sheet = sheet
    this.#hidden = hidden
    this.handler = {
      open: (name, attributes) => this.#open(name, attributes),
      close: (name) => this.#close(name),
      text: (text) => this.#text(text),
    }
  }

  take(): PendingRow[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  place(): string {
    return `sheet "${shown(this.#sheet.name)}"${this.#row.row > 0 ? `, ${this.#inCell ? 'cell' : 'after cell'} ${cellName(this.#row.row, Math.max(0, this.#position))}` : ''}`
  }

  #open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#inCell) {
      if (name === 'v') this.#inValue = true
      else if (name === 't') this.#inText = this.#phonetic === 0
      else if (name === 'rPh') this.#phonetic += 1
      else if (name === 'f') this.#formula = true
      return
    }
    if (!this.#inCells) {
      if (name === 'sheetData') this.#inCells = true
      else if (name === 'col') this.#column(attributes)
      return
    }
    if (name === 'c') this.#openCell(attributes)
    else if (name === 'row') this.#openRow(attributes)
  }

  #column({ min, max, hidden }: Readonly<Record<string, string>>): void {
    if ((hidden === '1' || hidden === 'true') && this.#hidden.length < maxSheetColumns) this.#hidden.push({ first: Number(min) - 1, last: Number(max) - 1 })
  }

  #openRow(attributes: Readonly<Record<string, string>>): void {
    const given = attributes['r']
    const row = given === undefined ? this.#row.row + 1 : Number(given)
    if (!Number.isInteger(row) || row <= this.#row.row) throw damaged(this.#workbook.what, this.place(), `row ${shown(given ?? '')} follows row ${this.#row.row}, out of order`)
    if (row > maxRows) throw tooLarge(this.#workbook.what, this.place(), `there is a row ${row}, and a sheet ends at row ${maxRows}`)
    const hidden = attributes['hidden']
    this.#row = emptyRow(row, hidden === '1' || hidden === 'true')
    this.#position = -1
  }

  #openCell({ r: name, t: type, s: style }: Readonly<Record<string, string>>): void {
    const position = name === undefined ? this.#position + 1 : columnOfCell(name)
    if (position < 0 || position >= maxSheetColumns) throw damaged(this.#workbook.what, this.place(), `"${shown(name ?? '')}" is no cell of a sheet`)
    this.#position = position
    this.#type = type ?? 'n'
    this.#style = style === undefined ? 0 : Number(style)
    this.#value = ''
    this.#inline = ''
    this.#formula = false
    this.#inCell = true
  }

  #text(text: string): void {
    if (this.#inValue) this.#value = this.#value === '' ? text : this.#value + text
    else if (this.#inText) this.#inline = this.#inline === '' ? text : this.#inline + text
  }

  #close(name: string): void {
    if (name === 'v') this.#inValue = false
    else if (name === 't') this.#inText = false
    else if (name === 'rPh') this.#phonetic = Math.max(0, this.#phonetic - 1)
    else if (name === 'c') {
      if (this.#inCell) this.#closeCell()
      this.#inCell = false
    } else if (name === 'row') {
      if (this.#row.cells.length > 0 || this.#row.far.length > 0 || this.#row.faults.length > 0) this.#rows.push(this.#row)
    } else if (name === 'sheetData') this.#inCells = false
  }

  #closeCell(): void {
    let cell = this.#content()
    if (cell === null) return
    if (typeof cell === 'string' && cell.length > maxCellCharacters) {
      this.#fault('read.cell-too-large', `${cell.length} characters`, `${maxCellCharacters} characters`)
      cell = cell.slice(0, 255)
    }
    const { cells, far } = this.#row
    const position = this.#position
    if (position >= maxColumns) {
      if (far.length < maxFarCells) far.push({ position, text: cell })
      return
    }
    while (cells.length < position) cells.push(null)
    cells[position] = cell
  }

  /** null: nothing is there; a number: the index of a shared text. */
  #content(): string | number | null {
    const value = this.#value
    if (value === '' && this.#inline === '') {
      if (this.#formula && this.#type !== 'str') this.#fault('read.no-result', cellName(this.#row.row, this.#position))
      return null
    }
    switch (this.#type) {
      case 's': {
        const index = Number(value)
        if (value.trim() === '' || !Number.isInteger(index) || index < 0) throw damaged(this.#workbook.what, this.place(), `"${shown(value)}" is no index of a text`)
        if (index > this.highestIndex) this.highestIndex = index
        return index
      }
      case 'str': return unescapeText(value)
      case 'inlineStr': return unescapeText(this.#inline === '' ? value : this.#inline)
      case 'b': return /^(?:1|true)$/.test(value.trim()) ? 'true' : 'false'
      case 'e':
        this.#fault('read.error-value', cellName(this.#row.row, this.#position))
        return value
      case 'd': return value.trim().replace(/^(\d{4}-\d{2}-\d{2}T[\d:.]+)Z$/, '$1')
      default: return numberCellText(value, this.#workbook.formats[this.#style] ?? plainNumber, this.#workbook.dates) ?? value
    }
  }

  #fault(code: ReadFault['code'], found: string, expected?: string): void {
    this.#row.faults.push({ code, position: this.#position, line: this.#row.row, character: null, found, ...(expected === undefined ? {} : { expected }) })
  }
}

function emptyRow(row: number, hidden: boolean): PendingRow {
  return { row, cells: [], far: [], faults: [], hidden }
}
