import { damaged } from '../sheet/file-fault.ts'
import type { ByteSource } from '../source.ts'

/*
 * The container of older Office documents ([MS-CFB]): a file system in a file. Sectors are chained by a table (FAT); streams below 4 KB lie in
 * small sectors of their own. Every chain is as long as there are sectors at most, so one that runs in a circle ends.
 */
const endOfChain = 0xfffffffe
const lastSector = 0xfffffffa
const entryBytes = 128
const headerSectors = 109

export interface CompoundFile {
  /** Names of all streams and storages, as far as they can be read. */
  names: string[]
  /** The stream of this name; null where there is none. */
  stream(name: string): ByteSource | null
}

/** Opens the container. Throws a Fault where it is damaged. */
export async function openCompoundFile(source: ByteSource, what: string): Promise<CompoundFile> {
  const broken = (found: string): Error => damaged(what, '', `it is a damaged or cut older Office document: ${found}`, 'Open it in a spreadsheet program, save it as XLSX or CSV, and import that file.')
  const head = buffer(await source.read(0, 512))
  if (head.length < 512) throw broken('it ends within its first part')
  const shift = head.readUInt16LE(30)
  if (shift !== 9 && shift !== 12) throw broken('it has sectors of a size that cannot be')
  const sectorBytes = 2 ** shift
  const sectors = Math.ceil(source.sizeBytes / sectorBytes) - 1

  const table = await readTable()
  const directory = bytesOf(chain(head.readUInt32LE(48), table), sectorBytes)
  const entries = await readEntries()
  const root = entries.find(({ kind }) => kind === 5)
  if (root === undefined) throw broken('it has no list of its parts')
  const smallLimit = head.readUInt32LE(56)
  const smallTable = numbers(await readAll(bytesOf(chain(head.readUInt32LE(60), table), sectorBytes)))
  const smallStream = bytesOf(chain(root.start, table), sectorBytes)

  return {
    names: entries.map(({ name }) => name),
    stream(name) {
      const entry = entries.find((candidate) => candidate.kind === 2 && candidate.name.toLowerCase() === name.toLowerCase())
      if (entry === undefined) return null
      if (entry.size >= smallLimit) return cut(bytesOf(chain(entry.start, table), sectorBytes), entry.size)
      return cut(placed(smallStream, chain(entry.start, smallTable).map((sector) => sector * 64), 64), entry.size)
    },
  }

  /** The places of the table's own sectors stand in the head, and in a chain behind it. */
  async function readTable(): Promise<Uint32Array> {
    const places: number[] = []
    const take = (part: Buffer, count: number): void => { for (let i = 0; i < count; i += 1) { const place = part.readUInt32LE(i * 4); if (place <= lastSector) places.push(place) } }
    take(head.subarray(76), headerSectors)
    const perSector = sectorBytes / 4 - 1
    let next = head.readUInt32LE(68)
    for (let read = 0; next <= lastSector; read += 1) {
      if (read > sectors) throw broken('its table of sectors runs in a circle')
      const part = buffer(await source.read((next + 1) * sectorBytes, sectorBytes))
      if (part.length < sectorBytes) throw broken('its table of sectors lies beyond its end')
      take(part, perSector)
      next = part.readUInt32LE(perSector * 4)
    }
    // a place that is named twice would make the table longer than the file
    if (places.length > sectors || places.some((place) => place >= sectors)) throw broken('its table of sectors lies beyond its end')
    return numbers(await readAll(bytesOf(places, sectorBytes)))
  }

  function chain(start: number, links: Uint32Array): number[] {
    const found: number[] = []
    for (let at = start; at <= lastSector; at = links[at] ?? endOfChain) {
      if (at >= links.length || found.length > links.length) throw broken('a chain of its sectors runs in a circle, or out of the file')
      found.push(at)
    }
    return found
  }

  function bytesOf(places: readonly number[], size: number): ByteSource {
    return placed(source, places.map((sector) => (sector + 1) * size), size)
  }

  async function readEntries(): Promise<Entry[]> {
    const bytes = await readAll(directory)
    const found: Entry[] = []
    for (let at = 0; at + entryBytes <= bytes.length; at += entryBytes) {
      const nameBytes = Math.min(64, bytes.readUInt16LE(at + 64))
      const kind = bytes[at + 66] ?? 0
      if (kind !== 0) found.push({ name: bytes.toString('utf16le', at, at + Math.max(0, nameBytes - 2)), kind, start: bytes.readUInt32LE(at + 116), size: bytes.readUInt32LE(at + 120) })
    }
    return found
  }
}

/** `kind`: 1 a storage, 2 a stream, 5 the root. */
interface Entry { name: string; kind: number; start: number; size: number }

/** Pieces of a source, all of one size, as one. */
function placed(source: ByteSource, places: readonly number[], size: number): ByteSource {
  const whole: ByteSource = {
    sizeBytes: places.length * size,
    async *stream(start = 0) {
      for (let at = start; ;) {
        const piece = await whole.read(at, 256 * 1024)
        if (piece.length === 0) return
        at += piece.length
        yield piece
      }
    },
    async read(offset, length) {
      const end = Math.min(whole.sizeBytes, offset + length)
      const pieces: Uint8Array[] = []
      for (let at = offset; at < end;) {
        // neighbours are read together: programs write most streams in one run
        let last = Math.floor(at / size)
        while ((last + 1) * size < end && places[last + 1] === (places[last] ?? 0) + size) last += 1
        const from = (places[Math.floor(at / size)] ?? 0) + at % size
        const until = Math.min(end, (last + 1) * size)
        const piece = await source.read(from, until - at)
        pieces.push(piece)
        if (piece.length < until - at) break
        at = until
      }
      return pieces.length === 1 ? pieces[0] ?? new Uint8Array() : Buffer.concat(pieces)
    },
  }
  return whole
}

function cut(source: ByteSource, sizeBytes: number): ByteSource {
  const size = Math.min(sizeBytes, source.sizeBytes)
  return { sizeBytes: size, stream: (start) => source.stream(start), read: (offset, length) => source.read(offset, Math.max(0, Math.min(length, size - offset))) }
}

async function readAll(source: ByteSource): Promise<Buffer> {
  return buffer(await source.read(0, source.sizeBytes))
}

function buffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}

function numbers(bytes: Buffer): Uint32Array {
  return Uint32Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) => bytes.readUInt32LE(i * 4))
}
