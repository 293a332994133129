import { createRequire } from 'node:module'
import type { Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import type Yauzl from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'
import { readableOf } from '../source.ts'
import type { ByteSource } from '../source.ts'
import { damaged, tooLarge } from '../sheet/file-fault.ts'
import { maxEntries, maxRatio, ratioFromBytes } from './limits.ts'

/** As `xml-part.ts` does with its parser. */
const yauzl = createRequire(import.meta.url)('yauzl') as typeof Yauzl

const readBytes = 128 * 1024

/** The parts of a workbook's ZIP archive. Names are compared as Windows does: without case, with either slash. */
export class Archive {
  readonly #zip: ZipFile
  readonly #entries: Map<string, Entry>
  readonly #what: string

  constructor(zip: ZipFile, entries: Map<string, Entry>, what: string) {
    this.#zip = zip
    this.#entries = entries
    this.#what = what
  }

  has(name: string): boolean {
    return this.#entries.has(partKey(name))
  }

  /** Unpacked size as the archive's directory gives it; unpacking stops with an error where that was a lie. */
  sizeBytes(name: string): number {
    return this.#entries.get(partKey(name))?.uncompressedSize ?? 0
  }

  /** Unpacks a part piece by piece. Its checksum is compared at its end. */
  async* part(name: string, maxBytes: number): AsyncGenerator<Buffer> {
    const entry = this.#entries.get(partKey(name))
    if (entry === undefined) throw damaged(this.#what, '', `its part "${shown(name)}" is missing`)
    const { uncompressedSize, compressedSize } = entry
    if (uncompressedSize > maxBytes) throw tooLarge(this.#what, `part "${shown(name)}"`, `it would unpack to ${megabytes(uncompressedSize)} MB, and the limit is ${megabytes(maxBytes)} MB`)
    if (uncompressedSize > ratioFromBytes && uncompressedSize > compressedSize * maxRatio) {
      throw tooLarge(this.#what, `part "${shown(name)}"`, `${compressedSize} bytes would unpack to ${megabytes(uncompressedSize)} MB, as in a file made to do harm`)
    }
    if (entry.isEncrypted()) throw damaged(this.#what, `part "${shown(name)}"`, 'the packed data is protected by a password', 'Save it without the password, and import that copy.')
    let sum = 0
    let unpacked = 0
    let packed: Readable | undefined
    try {
      packed = await this.#zip.openReadStreamPromise(entry, { decodeFileData: false })
      for await (const chunk of unpack(packed, entry.compressionMethod)) {
        unpacked += chunk.length
        if (unpacked > uncompressedSize) break
        sum = crc32(chunk, sum)
        yield chunk
      }
    } catch (error) {
      throw damaged(this.#what, `part "${shown(name)}"`, `the packed data is cut short or damaged${code(error)}`)
    } finally { packed?.destroy() }
    if (unpacked !== uncompressedSize) throw damaged(this.#what, `part "${shown(name)}"`, 'the data does not have the size that the archive says')
    if (sum !== entry.crc32) throw damaged(this.#what, `part "${shown(name)}"`, 'the data does not fit its checksum: bytes were lost or changed')
  }
}

/** Reads the directory at the end of a ZIP archive; nothing is unpacked. `what` names the file in messages. */
export async function openArchive(source: ByteSource, what: string): Promise<Archive> {
  const entries = new Map<string, Entry>()
  let zip: ZipFile
  try {
    zip = await yauzl.fromRandomAccessReaderPromise(new SourceReader(source), source.sizeBytes, { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true })
    if (zip.entryCount > maxEntries) throw tooLarge(what, '', `its archive has ${zip.entryCount} parts, and the limit is ${maxEntries}`)
    await new Promise<void>((resolve, reject) => {
      zip.on('entry', (entry: Entry) => {
        // Names are keys of a map alone: one like ../../x leads nowhere.
        const key = partKey(Buffer.from(entry.fileName).toString('utf8'))
        if (!entries.has(key)) entries.set(key, entry)
        zip.readEntry()
      })
      zip.on('end', resolve)
      zip.on('error', reject)
      zip.readEntry()
    })
  } catch (error) {
    if (error instanceof Error && error.name === 'Fault') throw error
    throw damaged(what, '', 'a workbook is an archive of parts, and the list of them at its end is missing or damaged; the file was probably cut short', 'Copy or download it again, or save it again in the program that made it.')
  }
  return new Archive(zip, entries, what)
}

/** In larger pieces than the archive reader would give: a sheet has thousands of them, and each costs a turn of the event loop. */
function unpack(packed: Readable, method: number): AsyncIterable<Buffer> {
  if (method === 0) return packed as AsyncIterable<Buffer>
  if (method !== 8) throw new Error(`packing method ${method}`)
  const inflate = createInflateRaw({ chunkSize: readBytes })
  packed.on('error', (error) => inflate.destroy(error))
  return packed.pipe(inflate)
}

/** Lets the archive reader read from anywhere in a source. */
class SourceReader extends yauzl.RandomAccessReader {
  readonly #source: ByteSource

  constructor(source: ByteSource) {
    super()
    this.#source = source
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return readableOf(this.#source, start, end, readBytes)
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, callback: (err: Error | null) => void): void {
    this.#source.read(position, length).then((bytes) => {
      buffer.set(bytes, offset)
      callback(bytes.length < length ? new Error('unexpected end of file') : null)
    }, (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))))
  }
}

function partKey(name: string): string {
  return name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase()
}

export function shown(name: string): string {
  return name.replaceAll(/[^\x20-\x7e\u00a0-\uffff]/g, '?').slice(0, 100)
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1_048_576)
}

/** Libraries speak of their own matters, in words for programmers: their code alone, for who is asked about the file. */
function code(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : ''
}
