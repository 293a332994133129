import type { FileChunk } from '@longshore/core'

/** Writes rows: `start` once, `rows` for each batch, `end` once; joined they are the file. Every format has this face. */
export interface RowWriter {
  start(columns: string[]): FileChunk | Promise<FileChunk>
  /** Cells by position, as many as there are columns; null: no value. */
  rows(rows: readonly (readonly (string | null)[])[]): FileChunk | Promise<FileChunk>
  end(): FileChunk | Promise<FileChunk>
}

/** A format that is text has it at once. */
export interface TextWriter extends RowWriter {
  start(columns: string[]): string
  rows(rows: readonly (readonly (string | null)[])[]): string
  end(): string
}
