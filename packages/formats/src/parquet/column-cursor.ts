import type { ReadFault } from '@longshore/core'
import type { ColumnMetaData, SchemaTree } from 'hyparquet'
import { damaged, tooLarge } from '../sheet/file-fault.ts'
import { PageFault } from './page-reader.ts'

/** Rows of a row group, from 0, end exclusive. */
export interface GroupRange { start: number; end: number }

/** Rows on their way: their cells, and what was wrong with them, by their place in the batch. */
export interface RowBatch {
  /** The first row, from 0. */
  start: number
  cells: (string | null)[][]
  faults: (ReadFault[] | undefined)[]
}

/** A leaf of the schema: where it lies in a row group, and the way to it. */
export interface Leaf { column: ColumnMetaData; schemaPath: SchemaTree[] }

/** Goes through one column of a row group, a page or a few at a time. */
export interface ColumnCursor {
  /** Rows that it holds and has not given. */
  readonly held: number
  /** Reads on; afterwards it holds at least one row. */
  load(): Promise<void>
  /** Puts its texts to the rows of a batch, as many as there are in it, which it must hold. */
  give(batch: RowBatch): void
}

/** Memory that the pages of all columns of a row group take at once: beyond that the file is refused. Bytes outside of the heap. */
const maxHeldBytes = 224 * 1_048_576

/** What all cursors of a row group hold together. */
export class HeldBytes {
  #bytes = 0

  /** Says that something that took `before` bytes was replaced by one of `after`. */
  change(before: number, after: number): void {
    this.#bytes += after - before
    if (this.#bytes > maxHeldBytes) throw new PageFault(`the pages of its columns take more than ${maxHeldBytes / 1_048_576} MB together, and the limit is ${maxHeldBytes / 1_048_576} MB`, true)
  }
}

/** The Fault of a column that cannot be read on from a row (from 0): what is said of it where that is known. */
export function columnFault(error: unknown, what: string, name: string, range: GroupRange, row: number): Error {
  const where = `column "${name.slice(0, 60)}", rows ${row + 1} to ${range.end}`
  if (!(error instanceof PageFault)) return damaged(what, where, 'the data is damaged, or packed in a way that cannot be read', 'Export the file again.')
  return error.tooLarge ? tooLarge(what, where, error.message, 'Write it with smaller pages and row groups.') : damaged(what, where, error.message, 'Export the file again.')
}
