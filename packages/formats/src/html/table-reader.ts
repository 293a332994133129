import { Parser } from 'htmlparser2'
import { maxCellCharacters, maxColumns } from '../limits.ts'
import { damaged } from '../sheet/file-fault.ts'
import { maxFarCells } from '../sheet/sheet-row.ts'
import type { SheetRow } from '../sheet/sheet-row.ts'

/** Elements inside one another, at most: no page is like that. */
const maxDepth = 512
/** Characters without any tag, text or comment coming to its end, at most. */
const maxPending = 4 * 1_048_576
/** Rows that a cell may reach over, as browsers have it. */
const maxRowSpan = 65_534

/** A row of a table of the page. */
export interface HtmlRow extends SheetRow {
  /** All of its cells are header cells (`th`). */
  header: boolean
}

interface OpenTable {
  number: number
  row: number
  current: HtmlRow | null
  cell: { text: string; length: number; columns: number; rows: number; header: boolean } | null
  /** Cells of rows above that reach down into this one, by position. */
  spans: Map<number, { text: string; rows: number }>
}

/** What is no name of an element is text whose bracket nobody escaped: "Mara <mara@example.com>". */
const elementName = /^[a-z][\w:.-]*$/i
/** Elements whose content is not shown. */
const unseen = new Set(['script', 'style', 'template', 'noscript', 'head', 'select', 'option'])
/** Elements that begin on a line of their own. */
const blocks = new Set(['p', 'div', 'li', 'ul', 'ol', 'h1', 'h2', 'h3', 'h4', 'tr'])

/** Tells, besides, of end tags that end nothing and are called like no element: "</tdmara@example.com" is a damaged cell whose text would be gone. */
class PageParser extends Parser {
  strayEnd: (name: string) => void = () => undefined
  #ending = false

  override onclosetag(start: number, endIndex: number): void {
    this.#ending = true
    super.onclosetag(start, endIndex)
    this.#ending = false
  }

  /** The first thing that is asked of the name of an end tag. */
  protected override isVoidElement(name: string): boolean {
    if (this.#ending && !elementName.test(name)) this.strayEnd(name)
    this.#ending = false
    return super.isVoidElement(name)
  }
}

/**
 * Takes a page in pieces and gives the rows of its tables, told by `onRow` with the table's number (from 1, in the order in which they
 * begin). Blanks are collapsed as a browser does; `br` and paragraphs become line ends. A cell that reaches over rows is given in each of
 * them, one that reaches over columns in the first.
 */
export class TableReader {
  tables = 0
  /** Texts in a table that stand outside of its cells, by the number of the table: how many, and the row of the first one. */
  readonly outsideCells = new Map<number, { texts: number; row: number }>()
  readonly #parser: PageParser
  readonly #open: OpenTable[] = []
  readonly #what: string
  readonly #onRow: (table: number, row: HtmlRow) => void
  #depth = 0
  #hiddenDepth = 0
  #inCaption = false
  #pending = 0

  constructor(what: string, onRow: (table: number, row: HtmlRow) => void) {
    this.#what = what
    this.#onRow = onRow
    this.#parser = new PageParser({
      onopentag: (name, attributes) => { this.#openTag(name, attributes) },
      onclosetag: (name) => { this.#closeTag(name) },
      ontext: (text) => { this.#pending = 0; this.#text(text) },
      oncomment: () => { this.#pending = 0 },
      onprocessinginstruction: () => { this.#pending = 0 },
    })
    this.#parser.strayEnd = (name) => { this.#text(`</${name}>`) }
  }

  write(text: string): void {
    this.#pending += text.length
    this.#parser.write(text)
    if (this.#pending > maxPending) throw damaged(this.#what, 'the page', `more than ${maxPending} characters belong to one tag, as in a file made to do harm`)
  }

  end(): void {
    this.#parser.end()
    while (this.#open.length > 0) this.#closeTable()
  }

  #openTag(name: string, attributes: Record<string, string>): void {
    this.#pending = 0
    this.#depth += 1
    if (this.#depth > maxDepth) throw damaged(this.#what, 'the page', `its elements stand more than ${maxDepth} deep inside one another`)
    if (unseen.has(name)) this.#hiddenDepth += 1
    if (!elementName.test(name)) this.#text(`<${name}>`)
    const table = this.#open.at(-1)
    switch (name) {
      case 'table':
        this.tables += 1
        this.#open.push({ number: this.tables, row: 0, current: null, cell: null, spans: new Map() })
        break
      case 'tr':
        if (table) { this.#endRow(table); this.#beginRow(table) }
        break
      case 'td': case 'th':
        if (!table) break
        this.#endCell(table)
        if (table.current === null) this.#beginRow(table)
        table.cell = { text: '', length: 0, columns: span(attributes['colspan'], maxColumns), rows: span(attributes['rowspan'], maxRowSpan), header: name === 'th' }
        break
      case 'caption':
        this.#inCaption = true
        break
      case 'br':
        this.#append('\n')
        break
      default:
        if (blocks.has(name)) this.#append('\n')
    }
  }

  #closeTag(name: string): void {
    this.#pending = 0
    this.#depth -= 1
    if (unseen.has(name)) this.#hiddenDepth = Math.max(0, this.#hiddenDepth - 1)
    const table = this.#open.at(-1)
    if (!table) return
    if (name === 'caption') this.#inCaption = false
    if (name === 'table') this.#closeTable()
    else if (name === 'tr') this.#endRow(table)
    else if (name === 'td' || name === 'th') this.#endCell(table)
    else if (blocks.has(name)) this.#append('\n')
  }

  #closeTable(): void {
    const table = this.#open.pop()
    if (table) this.#endRow(table)
  }

  #text(text: string): void {
    if (this.#hiddenDepth > 0) return
    const table = this.#open.at(-1)
    if (table?.cell === null && !this.#inCaption) this.#noteOutside(table, text)
    this.#append(text.replaceAll(/[ \t\r\n\f]+/g, ' '))
  }

  #noteOutside(table: OpenTable, text: string): void {
    if (text.trim() === '') return
    const seen = this.outsideCells.get(table.number)
    if (seen) seen.texts += 1
    else this.outsideCells.set(table.number, { texts: 1, row: Math.max(1, table.row) })
  }

  /** To the innermost cell, and so not to those around its table. */
  #append(text: string): void {
    const cell = this.#open.at(-1)?.cell
    if (!cell) return
    cell.length += text.length
    if (cell.text.length < maxCellCharacters) cell.text += text
  }

  #beginRow(table: OpenTable): void {
    table.row += 1
    table.current = { row: table.row, cells: [], far: [], faults: [], hidden: false, header: true }
    this.#fillSpans(table, table.current)
  }

  #endRow(table: OpenTable): void {
    this.#endCell(table)
    const row = table.current
    if (row === null) return
    table.current = null
    this.#onRow(table.number, row)
  }

  #endCell(table: OpenTable): void {
    const { cell, current } = table
    if (cell === null || current === null) return
    table.cell = null
    const text = cell.text.replaceAll(/ {2,}/g, ' ').replaceAll(/ *\n */g, '\n').replaceAll(/\n{2,}/g, '\n').replaceAll(/^[\n ]+|[\n ]+$/g, '').replaceAll('\u00A0', ' ')
    const value = text.trim() === '' ? '' : text
    if (cell.length > maxCellCharacters) current.faults.push({ code: 'read.cell-too-large', position: current.cells.length, line: current.row, character: null, found: `${cell.length} characters`, expected: `${maxCellCharacters} characters` })
    if (!cell.header) current.header = false
    for (let i = 0; i < cell.columns; i += 1) {
      this.#put(current, i === 0 ? value : '')
      if (cell.rows > 1 && current.cells.length <= maxColumns) table.spans.set(current.cells.length - 1, { text: i === 0 ? value : '', rows: cell.rows - 1 })
      this.#fillSpans(table, current, i + 1 < cell.columns)
    }
  }

  #put(row: HtmlRow, text: string): void {
    if (row.cells.length < maxColumns) row.cells.push(text)
    else if (text !== '' && row.far.length < maxFarCells) row.far.push({ position: maxColumns + row.far.length, text })
  }

  /** Where a cell from above reaches down, the next cell of the row stands behind it. */
  #fillSpans(table: OpenTable, row: HtmlRow, inside = false): void {
    if (inside) return
    for (;;) {
      const above = table.spans.get(row.cells.length)
      if (above === undefined || row.cells.length >= maxColumns) return
      if (above.rows === 1) table.spans.delete(row.cells.length)
      else above.rows -= 1
      row.cells.push(above.text)
    }
  }
}

function span(given: string | undefined, most: number): number {
  const found = Number.parseInt(given ?? '1', 10)
  return found >= 1 ? Math.min(found, most) : 1
}
