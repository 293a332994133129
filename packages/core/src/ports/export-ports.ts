import type { RowContextSettings } from '../fields/row-context.ts'
import type { Catalog } from '../schema/catalog.ts'
import type { Selection } from './selection.ts'

/** Where records are read for an export. */
export interface SelectPort {
  /**
   * Runs `work` on one unchanging picture of the organization's records and metadata. A callback rather than a handle, so that the
   * picture is let go of whichever way `work` ends.
   */
  snapshot<T>(work: (records: RecordSnapshot) => Promise<T>): Promise<T>
}

export interface RecordSnapshot {
  catalog: Catalog
  /** What filter values are read with: members, and the organization's country and currency. */
  settings: RowContextSettings
  /** Records that the selection's filter lets through. */
  count(selection: Selection): Promise<number>
  /**
   * Hands on all records of the selection in batches that the taker may change, ordered by id, as canonical texts by position of its columns (owners as e-mail
   * addresses). Waits for `take` before reading much further, so that memory stays bounded whatever the number of records.
   */
  read(selection: Selection, take: (rows: (string | null)[][]) => Promise<void>): Promise<void>
}

/** A cell of a file that is written. Only formats that have lists are given lists. */
export type ExportCell = string | null | readonly string[]

/** A format: `start` once, `rows` for each batch, `end` once; joined they are the file. */
export interface ExportWriter {
  start(columns: string[]): FileChunk | Promise<FileChunk>
  rows(rows: readonly (readonly ExportCell[])[]): FileChunk | Promise<FileChunk>
  end(): FileChunk | Promise<FileChunk>
}

/** A piece of a file that is written; may be empty. */
export type FileChunk = string | Uint8Array

/** Where the file goes: a file that appears when it is whole, or a stream. */
export interface ExportTarget {
  /** Resolves when there is room for more. */
  write(chunk: FileChunk): Promise<void>
  /** Makes what was written visible, and gives its name. */
  finish(): Promise<string>
  /** Leaves nothing behind that looks like a whole export. */
  discard(): Promise<void>
}
