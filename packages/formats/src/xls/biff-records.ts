import type { ByteSource } from '../source.ts'

const windowBytes = 256 * 1024
const headBytes = 4

/** A record of a workbook: what it is, and its bytes, which stand until the next one is taken. */
export interface BiffRecord {
  type: number
  bytes: Buffer
  /** Where it begins in the stream. */
  at: number
}

/** Goes through the records of a workbook's stream. A record has 64 KB at most, so the window is all that is in memory. */
export class BiffRecords {
  readonly #source: ByteSource
  #window: Buffer = Buffer.alloc(0)
  /** Of the window in the stream, and of the next record in the window. */
  #start: number
  #next = 0

  constructor(source: ByteSource, start = 0) {
    this.#source = source
    this.#start = start
  }

  /** The type of the next record, where it is in the window. */
  get coming(): number | null {
    return this.#next + headBytes > this.#window.length ? null : this.#window.readUInt16LE(this.#next)
  }

  /** The next record where all of it is in the window; else null, and `fill` says whether there is more. */
  take(): BiffRecord | null {
    const at = this.#next
    if (at + headBytes > this.#window.length) return null
    const end = at + headBytes + this.#window.readUInt16LE(at + 2)
    if (end > this.#window.length) return null
    this.#next = end
    return { type: this.#window.readUInt16LE(at), bytes: this.#window.subarray(at + headBytes, end), at: this.#start + at }
  }

  /** Reads on from the record that comes next; false at the end of the stream, where a record that was cut off is left out. */
  async fill(): Promise<boolean> {
    const start = this.#start + this.#next
    const before = this.#window.length - this.#next
    const bytes = await this.#source.read(start, windowBytes)
    this.#window = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#start = start
    this.#next = 0
    return bytes.length > before
  }

  /** The next record, wherever it is; null at the end. */
  async next(): Promise<BiffRecord | null> {
    for (;;) {
      const record = this.take()
      if (record !== null) return record
      if (!await this.fill()) return null
    }
  }

  /** Takes the record that follows when it goes on with the one before (CONTINUE); null where another one comes. */
  async continuation(): Promise<Buffer | null> {
    if (this.coming === null && !await this.fill()) return null
    if (this.coming !== recordTypes.continue) return null
    return (await this.next())?.bytes ?? null
  }
}

/** The types that are read, by their names in [MS-XLS]; several numbers are the same record in several versions. */
export const recordTypes = {
  continue: 0x3c, eof: 0x0a, filePass: 0x2f, codePage: 0x42, date1904: 0x22, boundSheet: 0x85, sst: 0xfc, mergeCells: 0xe5, columns: 0x7d,
  bof: [0x0009, 0x0209, 0x0409, 0x0809], format: [0x001e, 0x041e], xf: [0x0043, 0x0243, 0x0443, 0x00e0], row: [0x0008, 0x0208],
  number: [0x0003, 0x0203], integer: 0x0002, rk: 0x027e, mulRk: 0x00bd, labelSst: 0x00fd, label: [0x0004, 0x0204, 0x00d6], boolErr: [0x0005, 0x0205],
  formula: [0x0006, 0x0206, 0x0406], string: [0x0007, 0x0207], dimensions: [0x0000, 0x0200], wsBool: 0x81, sheetHeader: 0x8f,
} as const
