import { createRequire } from 'node:module'
import type * as Saxes from 'saxes'
import { Fault } from '@longshore/core/fault'
import { damaged } from '../sheet/file-fault.ts'
import { maxTextRun, maxXmlDepth } from './limits.ts'

/** Required, not imported: to import a module of this kind, Node first looks for its exports by a parser that it has to start, which a workbook's first rows would wait for. */
const { SaxesParser } = createRequire(import.meta.url)('saxes') as typeof Saxes

/** What a reader of XML is told. Names come without their prefix: files choose prefixes as they like. */
export interface XmlHandler {
  open(name: string, attributes: Readonly<Record<string, string>>): void
  close(name: string): void
  text?(text: string): void
}

const firstPieceBytes = 8 * 1024

/** Where a reader is, for messages: a part, or a cell of a sheet. */
export interface XmlPlace { what: string; where: () => string }

/**
 * Hands the XML of a part to `handler`; gives control back after each piece, so that what was found can be taken away.
 * Document types are refused, whatever they declare: nothing a workbook needs, and the way in of entity bombs and of files from elsewhere.
 */
export async function* parseXml(chunks: AsyncIterable<Uint8Array>, handler: XmlHandler, place: XmlPlace): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false })
  let ended = false
  let depth = 0
  let sinceTag = 0
  parser.on('error', () => { throw damaged(place.what, place.where(), ended ? 'the XML inside ends before it is complete' : 'the XML inside is not well formed') })
  parser.on('doctype', () => { throw damaged(place.what, place.where(), 'the XML inside declares a document type (DOCTYPE), which no spreadsheet program writes', 'It may have been made to do harm. Save it again in a spreadsheet program if you trust it.') })
  parser.on('opentag', ({ name, attributes }) => {
    sinceTag = 0
    depth += 1
    if (depth > maxXmlDepth) throw damaged(place.what, place.where(), `the XML inside is nested more than ${maxXmlDepth} deep`)
    handler.open(localName(name), attributes)
  })
  parser.on('closetag', ({ name }) => {
    sinceTag = 0
    depth -= 1
    handler.close(localName(name))
  })
  if (handler.text) {
    const text = handler.text.bind(handler)
    parser.on('text', text)
    parser.on('cdata', text)
  }
  let decoder: InstanceType<typeof TextDecoder> | null = null
  for await (const chunk of growingPieces(chunks)) {
    decoder ??= new TextDecoder(xmlEncoding(chunk), { fatal: true })
    const text = decode(decoder, chunk, place)
    sinceTag += text.length
    write(parser, text, place)
    if (sinceTag > maxTextRun) throw damaged(place.what, place.where(), `there are more than ${maxTextRun} characters without any tag, as in a file made to do harm`)
    yield
  }
  write(parser, decoder === null ? '' : decode(decoder, undefined, place), place)
  ended = true
  try { parser.close() } catch (error) { throw ours(error, place) }
  yield
}

/** The first bytes in small pieces, later ones as they come: whoever wants a few rows of a sheet does not wait for a hundred. */
async function* growingPieces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let most = firstPieceBytes
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; most *= 2) {
      const piece = chunk.subarray(at, at + most)
      at += piece.length
      yield piece
    }
  }
}

/** Parts that are small and read at once. */
export async function readXml(chunks: AsyncIterable<Uint8Array>, handler: XmlHandler, place: XmlPlace): Promise<void> {
  const steps = parseXml(chunks, handler, place)
  while ((await steps.next()).done !== true) { /* the handler keeps what it was told */ }
}

export function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon === -1 ? name : name.slice(colon + 1)
}

function write(parser: Saxes.SaxesParser, text: string, place: XmlPlace): void {
  try { parser.write(text) } catch (error) { throw ours(error, place) }
}

function ours(error: unknown, place: XmlPlace): unknown {
  return error instanceof Fault ? error : damaged(place.what, place.where(), 'the XML inside is not well formed')
}

/** How a part says that it is written: by a byte order mark, or by its first character. */
export function xmlEncoding(head: Uint8Array): string {
  const [a, b] = head
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return 'utf-16le'
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return 'utf-16be'
  return 'utf-8'
}

function decode(decoder: InstanceType<typeof TextDecoder>, chunk: Uint8Array | undefined, place: XmlPlace): string {
  try { return decoder.decode(chunk, { stream: chunk !== undefined }) } catch {
    throw damaged(place.what, place.where(), `there are bytes that are no text in ${decoder.encoding.toUpperCase()}`)
  }
}
