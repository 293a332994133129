import { Fault } from '@longshore/core/fault'
import type { RawRow, ReadFault, VcardLayout } from '@longshore/core'
import { headBytes } from '../file-format.ts'
import type { FileFormat } from '../file-format.ts'
import { damaged } from '../sheet/file-fault.ts'
import type { ByteSource } from '../source.ts'
import { detectEncoding } from '../text/detect-encoding.ts'
import { encodingCalled } from '../text/encodings.ts'
import type { Encoding } from '../text/encodings.ts'
import { beginningText, textPieces } from '../text/text-pieces.ts'
import { cardColumns, cardRow } from './card-row.ts'
import { ContentLines, longestLine } from './content-lines.ts'
import type { ContentLine } from './content-lines.ts'
import { readProperty } from './property.ts'
import type { Property } from './property.ts'

/** Properties of one card; more are a file made to do harm. */
const mostProperties = 10_000

/** Contacts as address books save them: vCard 2.1, 3.0 and 4.0, any number in a file; each is a row. */
export const vcardFormat: FileFormat<VcardLayout> = {
  name: 'vcard',
  title: 'contact cards (vCard)',
  async detect(source, { fileName, settings = {} }) {
    const what = fileName === undefined ? 'The file' : `"${fileName}"`
    const head = await source.read(0, headBytes)
    const { encoding, warnings } = await detectEncoding(source, head, settings.encoding)
    if (beginningText(head) === '') throw new Fault('file.empty', `${what} is empty: it holds no contact card. Check that it was exported completely.`)
    for await (const card of cards(source, encoding)) {
      if (card.lines.length > 0) return { format: 'vcard', encoding, headerRow: 0, columns: [...cardColumns], warnings }
    }
    throw damaged(what, '', 'no contact card (BEGIN:VCARD) is in it', 'Export the contacts again, as vCard or CSV.')
  },
  async *read(source, layout, { batchRows = 1_000, warn }) {
    const encoding = encodingCalled(layout.encoding)
    let batch: RawRow[] = []
    let row = 0
    let photos = 0
    let unclosed = 0
    let unopened = 0
    const outside: OutsideCards = { lines: 0, first: 0 }
    for await (const { lines, opened, closed } of cards(source, encoding, outside)) {
      row += 1
      const properties = lines.map((line) => readProperty(line, isWide(encoding) ? null : encoding))
      if (properties.some(({ name }) => name === 'PHOTO')) photos += 1
      if (!closed) unclosed += 1
      if (!opened) unopened += 1
      const faults = cardFaults(properties)
      batch.push({ row, cells: cardRow(properties), ...(faults.length === 0 ? {} : { faults }) })
      if (batch.length >= batchRows) {
        yield batch
        batch = []
      }
    }
    if (batch.length > 0) yield batch
    if (photos > 0) warn?.({ code: 'layout.photos', message: `${photos} ${photos === 1 ? 'card has' : 'cards have'} a photo. Photos are not read; everything else of these cards is.` })
    if (unclosed > 0) warn?.({ code: 'layout.unclosed-cards', message: `${unclosed} ${unclosed === 1 ? 'card has' : 'cards have'} no END:VCARD. What stands before the next card, or the end of the file, was taken as theirs; check that the file is complete.` })
    if (unopened > 0) warn?.({ code: 'layout.unopened-cards', message: `${unopened} ${unopened === 1 ? 'card has' : 'cards have'} no BEGIN:VCARD; what stands between two other cards was taken as one. Check that the file is complete.` })
    if (outside.lines > 0) warn?.({ code: 'layout.outside-cards', message: `${outside.lines} ${outside.lines === 1 ? 'line stands' : 'lines stand'} outside of every card, the first one line ${outside.first}; ${outside.lines === 1 ? 'it was' : 'they were'} not read. Check that the file is complete.` })
  },
}

function cardFaults(properties: readonly Property[]): ReadFault[] {
  const faults: ReadFault[] = []
  for (const { name, line, text, damaged: bad, cut } of properties) {
    if (bad) faults.push({ code: 'read.bad-encoding', position: null, line, character: null, found: `${name}: ${text.slice(0, 60)}` })
    if (cut) faults.push({ code: 'read.cell-too-large', position: null, line, character: null, found: `${name} of more than ${text.length} characters`, expected: '1048576 characters' })
  }
  return faults
}

interface Card { lines: ContentLine[]; opened: boolean; closed: boolean }

/** Lines that belong to no card: how many, and which is the first. */
interface OutsideCards { lines: number; first: number }

/** What only a card says: one of these begins a card whose BEGIN was lost. */
const personal: ReadonlySet<string> = new Set(['FN', 'N', 'EMAIL', 'TEL', 'ORG', 'ADR'])

/** Cards one by one. A card inside of a card (AGENT) belongs to it and is left out; one that begins before the last was closed begins anyway. */
async function* cards(source: ByteSource, encoding: Encoding, outside: OutsideCards = { lines: 0, first: 0 }): AsyncGenerator<Card> {
  let card: Card | null = null
  let agent = 0
  let afterAgent = false
  for await (const line of contentLines(source, encoding)) {
    const mark = line.name === 'BEGIN' || line.name === 'END' ? line.value.trim().toUpperCase() : ''
    if (line.name === 'BEGIN' && mark === 'VCARD') {
      if (afterAgent || agent > 0) agent += 1
      else {
        if (card !== null) yield card
        card = { lines: [], opened: true, closed: false }
      }
    } else if (line.name === 'END' && mark === 'VCARD') {
      if (agent > 0) agent -= 1
      else if (card !== null) {
        yield { ...card, closed: true }
        card = null
      }
    } else if (card !== null) {
      if (agent === 0 && card.lines.length < mostProperties) card.lines.push(line)
    } else if (agent === 0 && personal.has(line.name)) card = { lines: [line], opened: false, closed: false }
    else {
      outside.lines += 1
      if (outside.first === 0) outside.first = line.line
    }
    afterAgent = line.name === 'AGENT' && line.value.trim() === ''
  }
  if (card !== null) yield card
}

async function* contentLines(source: ByteSource, encoding: Encoding): AsyncGenerator<ContentLine> {
  const lines = new ContentLines()
  let line = ''
  let held = ''
  for await (const piece of isWide(encoding) ? textPieces(source, encoding) : bytePieces(source)) {
    const text = held + piece
    // A CR at the end of a piece may have its LF in the next one.
    const whole = text.endsWith('\r') ? text.length - 1 : text.length
    held = text.slice(whole)
    for (const [i, part] of text.slice(0, whole).split(/\r*\n|\r+(?!\n)/).entries()) {
      if (i > 0) {
        lines.add(line)
        line = ''
      }
      line += part.slice(0, longestLine - line.length) // a picture may be a line of any length
    }
    yield* lines.take()
  }
  if (line !== '') lines.add(line)
  lines.end()
  yield* lines.take()
}

/** Bytes as characters below 256: each property has its own charset. */
async function* bytePieces(source: ByteSource): AsyncGenerator<string> {
  const mark = Buffer.from(await source.read(0, 3)).equals(Buffer.from('\uFEFF')) ? 3 : 0
  for await (const chunk of source.stream(mark)) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1')
}

function isWide(encoding: string): boolean {
  return /^utf-(?:16|32)/.test(encoding)
}
