import type { LayoutWarning, RawRow, ReadSettings, SourceLayout } from '@longshore/core'
import type { RecordStart } from './csv/find-record-start.ts'
import type { ByteSource } from './source.ts'

export interface DetectOptions {
  /** For messages, and where the bytes alone leave a doubt; what a file is shows in its bytes. */
  fileName?: string
  settings?: ReadSettings
}

export interface ReadOptions {
  /** Rows in a batch, at most; default 1,000. */
  batchRows?: number
  /** The rows of a part of the file; its ends are places that `findRecordStart` gave. */
  part?: FilePart
  /** Told what shows only while rows are read and concerns no single one: photos that were skipped, hidden rows. At most once for each code. */
  warn?: (warning: LayoutWarning) => void
}

/** What every format that is read can do. `detect` looks at little; `read` streams. */
export interface FileFormat<Layout extends SourceLayout = SourceLayout> {
  name: Layout['format']
  /** What people call such a file, with its article: `an Excel workbook (XLSX)`. */
  title: string
  /** Finds out how the file is read. Settings win; a doubt is a warning with its evidence. Throws a Fault where it cannot be read, saying what it is and what to do. */
  detect(source: ByteSource, options: DetectOptions): Promise<Layout>
  /**
   * Rows after the header, in batches, in the file's order. Cells come as they are, untrimmed, always as many as there are columns; what
   * was wrong with a row stands in its `faults`. Empty records have a number but are not given. Memory is bounded whatever the file.
   * Throws a Fault only where the file cannot be read on; never because of what stands in a row.
   */
  read(source: ByteSource, layout: Layout, options: ReadOptions): AsyncGenerator<RawRow[]>
  /** Finds a place from which the file can be read by itself, at or after a byte; null where there is none. Absent where a format is read as one. */
  findRecordStart?(source: ByteSource, layout: Layout, from: number): Promise<RecordStart | null>
}

/** From `start` (default: the beginning) to byte `end` (exclusive; default: the end). */
export interface FilePart { start?: RecordStart; end?: number | LaterEnd }

/** An end that somebody looks for while the part is read: it is not before byte `notBefore`, and `byte` is asked when that is reached; null: the file's end. */
export interface LaterEnd { notBefore: number; byte: Promise<number | null> }

/** How much of a file its recognition and most detections look at. */
export const headBytes = 256 * 1024
